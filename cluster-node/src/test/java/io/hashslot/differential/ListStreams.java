package io.hashslot.differential;

import java.util.List;

/** Requests of the commands on lists. */
final class ListStreams implements Streams {
  @Override
  public List<Shape> shapes() {
    return List.of(
        new Shape("BLMOVE $key $key [LEFT|RIGHT] [LEFT|RIGHT|left|$junk] 0.001"),
        new Shape("BLMPOP 0.001 2 $key $key [LEFT|RIGHT] [COUNT $integer]"),
        new Shape("BLMPOP [0.001|x|-1] $integer $key... [LEFT|RIGHT|$junk] [COUNT $integer]"),
        new Shape("BLPOP $key... 0.001"),
        new Shape("BLPOP $key [x|-1|nan|1e20|-inf]"),
        new Shape("BRPOP $key... 0.001"),
        new Shape("BRPOPLPUSH $key $key 0.001"),
        new Shape("LINDEX $key $index"),
        new Shape("LINSERT $key [BEFORE|AFTER|$junk] $value $value"),
        new Shape("LLEN $key"),
        new Shape("LMOVE $key $key [LEFT|RIGHT] [LEFT|RIGHT|left|$junk]"),
        new Shape("LMPOP 1 $key [LEFT|RIGHT] [COUNT $integer]"),
        new Shape("LMPOP 2 $key $key [LEFT|RIGHT] [COUNT $integer]"),
        new Shape("LMPOP $integer $key... $junk..."),
        new Shape("LPOP $key"),
        new Shape("LPOP $key $integer"),
        new Shape("LPOS $key $value [RANK $integer] [COUNT $integer] [MAXLEN $integer]"),
        new Shape("LPOS $key $value $junk..."),
        new Shape("LPUSH $key $value..."),
        new Shape("LPUSH $key $value..."),
        new Shape("LPUSHX $key $value..."),
        new Shape("LRANGE $key $place $place"),
        new Shape("LRANGE $key 0 -1"),
        new Shape("LREM $key $integer $value"),
        new Shape("LSET $key $index $value"),
        new Shape("LTRIM $key $place $place"),
        new Shape("RPOP $key"),
        new Shape("RPOP $key $integer"),
        new Shape("RPOPLPUSH $key $key"),
        new Shape("RPUSH $key $value..."),
        new Shape("RPUSH $key $value..."),
        new Shape("RPUSHX $key $value..."));
  }
}
