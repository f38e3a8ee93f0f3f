package io.hashslot.differential;

import java.util.List;

/** Requests of the commands on hashes. */
final class HashStreams implements Streams {
  @Override
  public List<Shape> shapes() {
    return List.of(
        new Shape("HDEL $key $member..."),
        new Shape("HEXISTS $key $member"),
        new Shape("HGET $key $member"),
        new Shape("HGETALL $key", Normal.PAIRS),
        new Shape("HINCRBY $key $member $integer"),
        new Shape("HINCRBYFLOAT $key $member $float"),
        new Shape("HKEYS $key", Normal.ANY_ORDER),
        new Shape("HLEN $key"),
        new Shape("HMGET $key $member..."),
        new Shape("HMSET $key $member $value $member $value"),
        new Shape("HMSET $key $member..."),
        new Shape("HRANDFIELD $key", Normal.SIZE),
        new Shape("HRANDFIELD $key 100", Normal.ANY_ORDER),
        new Shape("HRANDFIELD $key 100 WITHVALUES", Normal.PAIRS),
        new Shape("HRANDFIELD $key [0|1|2|-1|-5|x|-9223372036854775808|1.5]", Normal.SIZE),
        new Shape("HRANDFIELD $key [1|-2|-5000000000000000000] WITHVALUES", Normal.SIZE),
        new Shape("HRANDFIELD $key $integer $junk", Normal.SIZE),
        new Shape("HSCAN $key 0 COUNT 100000 NOVALUES [MATCH $glob]", Normal.WHOLE_SCAN),
        new Shape("HSCAN $key 0 COUNT 100000 [MATCH $glob]", Normal.WHOLE_SCAN),
        new Shape("HSCAN $key $integer [COUNT $integer] [MATCH $glob] [NOVALUES]", Normal.PAGE),
        new Shape("HSCAN $key 0 $junk...", Normal.PAGE),
        new Shape("HSCAN $key 0 [NOSCORES|NOVALUES|TYPE hash] $junk", Normal.PAGE),
        new Shape("SSCAN $key 0 [NOSCORES|NOVALUES|TYPE set] $junk", Normal.PAGE),
        new Shape("ZSCAN $key 0 [NOSCORES|NOVALUES|TYPE zset] $junk", Normal.PAGE),
        new Shape("SCAN 0 [NOSCORES|NOVALUES|TYPE hash] $junk", Normal.PAGE),
        new Shape("HSET $key $member $value"),
        new Shape("HSET $key $member $integer"),
        new Shape("HSET $key $member $member $member $member"),
        new Shape("HSET $key a 1 b 2 c 3 d 4 e 5"),
        new Shape("HSET $key $value..."),
        new Shape("HSETNX $key $member $value"),
        new Shape("HSTRLEN $key $member"),
        new Shape("HVALS $key", Normal.ANY_ORDER));
  }
}
