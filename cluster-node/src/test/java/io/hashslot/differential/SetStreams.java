package io.hashslot.differential;

import java.util.List;

/** Requests of the commands on sets. */
final class SetStreams implements Streams {
  @Override
  public List<Shape> shapes() {
    return List.of(
        new Shape("SADD $key $member..."),
        new Shape("SADD $key $member..."),
        new Shape("SADD $key $member..."),
        new Shape("SADD $key 1 2 3 4 5 6"),
        new Shape("SADD $key $integer $integer $integer $integer"),
        new Shape("SADD $key $member a b c d e f g"),
        new Shape("SADD $key"),
        new Shape("SCARD $key"),
        new Shape("SDIFF $key...", Normal.ANY_ORDER),
        new Shape("SDIFFSTORE $key $key..."),
        new Shape("SINTER $key...", Normal.ANY_ORDER),
        new Shape("SINTERCARD 1 $key [LIMIT $integer]"),
        new Shape("SINTERCARD 2 $key $key [LIMIT $integer] [LIMIT $integer]"),
        new Shape("SINTERCARD $integer $key... [LIMIT $junk]"),
        new Shape("SINTERSTORE $key $key..."),
        new Shape("SISMEMBER $key $member"),
        new Shape("SMEMBERS $key", Normal.ANY_ORDER),
        new Shape("SMISMEMBER $key $member..."),
        new Shape("SMOVE $key $key $member"),
        new Shape("SPOP $key 100", Normal.ANY_ORDER),
        new Shape("SPOP $key 9223372036854775807", Normal.ANY_ORDER),
        new Shape("SPOP $key 0 [$junk]"),
        new Shape("SPOP $key -1 [$junk]"),
        new Shape("SPOP $key x"),
        new Shape("SPOP $key 9223372036854775808"),
        new Shape("SRANDMEMBER $key", Normal.SIZE),
        new Shape("SRANDMEMBER $key 100", Normal.ANY_ORDER),
        new Shape("SRANDMEMBER $key [0|1|2|-1|-5|x|-9223372036854775808|1.5]", Normal.SIZE),
        new Shape("SRANDMEMBER $key 1 $junk"),
        new Shape("SREM $key $member..."),
        new Shape("SSCAN $key 0 COUNT 100000 [MATCH $glob]", Normal.WHOLE_SCAN),
        new Shape("SSCAN $key $integer [COUNT $integer] [MATCH $glob]", Normal.PAGE),
        new Shape("SSCAN $key 0 $junk...", Normal.PAGE),
        new Shape("SUNION $key...", Normal.ANY_ORDER),
        new Shape("SUNIONSTORE $key $key..."));
  }
}
