package io.hashslot.differential;

import java.util.List;

/** Requests of the commands on hashes. */
final class HashStreams implements Streams {
  @Override
  public List<Shape> shapes() {
    return List.of(
        new Shape("HDEL $key $value..."),
        new Shape("HEXISTS $key $value"),
        new Shape("HGET $key $value"),
        new Shape("HGETALL $key", Normal.ANY_ORDER),
        new Shape("HINCRBY $key $value $integer"),
        new Shape("HINCRBYFLOAT $key $value $float"),
        new Shape("HKEYS $key", Normal.ANY_ORDER),
        new Shape("HLEN $key"),
        new Shape("HMGET $key $value..."),
        new Shape("HMSET $key $value $value $value $value"),
        new Shape("HMSET $key $value..."),
        new Shape("HRANDFIELD $key", Normal.KIND),
        new Shape("HRANDFIELD $key $integer [WITHVALUES|$junk]", Normal.KIND),
        new Shape("HSCAN $key 0 [MATCH $glob] [COUNT 100000] [NOVALUES]", Normal.WHOLE_SCAN),
        new Shape("HSCAN $key $integer [COUNT $integer] [MATCH $glob]", Normal.PAGE),
        new Shape("HSCAN $key 0 $junk...", Normal.PAGE),
        new Shape("HSET $key $value $value"),
        new Shape("HSET $key $value $value $value $value"),
        new Shape("HSET $key $value..."),
        new Shape("HSETNX $key $value $value"),
        new Shape("HSTRLEN $key $value"),
        new Shape("HVALS $key", Normal.ANY_ORDER));
  }
}
