package io.hashslot.differential;

import java.util.List;

/**
 * Requests of the commands on sorted sets. Ranges by member go to a key of their own, whose scores
 * are all equal: otherwise what they give is up to the server. Offsets are not negative: there
 * Valkey 8.0.1 counts from the other end, but in large sets only; we give nothing, as Redis does.
 */
final class SortedSetStreams implements Streams {
  @Override
  public List<Shape> shapes() {
    return List.of(
        new Shape("BZMPOP 0.001 2 $key $key [MIN|MAX] [COUNT $integer]"),
        new Shape("BZMPOP [0.001|x|-1] $integer $key... [MIN|MAX|$junk] [COUNT $integer]"),
        new Shape("BZPOPMAX $key... 0.001"),
        new Shape("BZPOPMIN $key... 0.001"),
        new Shape("BZPOPMIN $key [x|-1|nan|1e20|-inf]"),
        new Shape("ZADD $key $score $member"),
        new Shape("ZADD $key $score $member $score $member $score $member"),
        new Shape("ZADD $key $score $member $score $member $score $member"),
        new Shape("ZADD $key [NX|XX] [GT|LT] [CH] $score $member [$score $member]"),
        new Shape("ZADD $key [NX|XX] [GT|LT] [CH] INCR $score $member [$score $member]"),
        new Shape("ZADD $key $junk... $score $member"),
        new Shape("ZADD $key 1 a 2 b 3 c 4 d 5 e 6 f 7 g 8 h"),
        new Shape("ZADD lexical 0 $member 0 $member 0 $member 0 $member"),
        new Shape("ZADD lexical 0 $value"),
        new Shape("ZCARD $key"),
        new Shape("ZCOUNT $key $bound $bound"),
        new Shape("ZDIFF 2 $key $key [WITHSCORES]"),
        new Shape("ZDIFF $integer $key... [WITHSCORES] [$junk]"),
        new Shape("ZDIFFSTORE $key 2 $key $key [$junk]"),
        new Shape("ZINCRBY $key $score $member"),
        new Shape(
            "ZINTER 2 $key $key [WEIGHTS $score $score] [AGGREGATE SUM|AGGREGATE MIN|AGGREGATE"
                + " MAX|AGGREGATE $junk] [WITHSCORES]"),
        new Shape("ZINTER $integer $key... [WEIGHTS $score...] [WITHSCORES]"),
        new Shape("ZINTERCARD 2 $key $key [LIMIT $integer]"),
        new Shape("ZINTERCARD $integer $key... [LIMIT $junk]"),
        new Shape(
            "ZINTERSTORE $key 2 $key $key [WEIGHTS $score $score] [AGGREGATE SUM|AGGREGATE"
                + " MIN|AGGREGATE MAX]"),
        new Shape("ZLEXCOUNT lexical $lexical $lexical"),
        new Shape("ZMPOP 2 $key $key [MIN|MAX] [COUNT $integer]"),
        new Shape("ZMPOP $integer $key... [MIN|MAX|$junk] [COUNT $integer]"),
        new Shape("ZMSCORE $key $member..."),
        new Shape("ZPOPMAX $key [$integer]"),
        new Shape("ZPOPMIN $key [$integer]"),
        new Shape("ZPOPMIN $key $integer $junk"),
        new Shape("ZRANDMEMBER $key", Normal.SIZE),
        new Shape("ZRANDMEMBER $key [0|1|2|-1|-5|x|-9223372036854775808|1.5]", Normal.SIZE),
        new Shape("ZRANDMEMBER $key 100 [WITHSCORES]", Normal.ANY_ORDER),
        new Shape("ZRANDMEMBER $key 1 $junk", Normal.SIZE),
        new Shape("ZRANGE $key $place $place [REV] [WITHSCORES]"),
        new Shape("ZRANGE $key 0 -1 WITHSCORES"),
        new Shape("ZRANGE $key $bound $bound BYSCORE [REV] [LIMIT $offset $integer] [WITHSCORES]"),
        new Shape("ZRANGE lexical $lexical $lexical BYLEX [REV] [LIMIT $offset $integer]"),
        new Shape("ZRANGE $key $place $place $junk..."),
        new Shape("ZRANGE $key $bound $bound [BYLEX] [LIMIT $offset $integer] [WITHSCORES]"),
        new Shape("ZRANGEBYLEX lexical $lexical $lexical [LIMIT $offset $integer]"),
        new Shape("ZRANGEBYLEX lexical - + [$junk]"),
        new Shape("ZRANGEBYSCORE $key $bound $bound [WITHSCORES] [LIMIT $offset $integer]"),
        new Shape("ZRANGEBYSCORE $key $bound $bound $junk..."),
        new Shape("ZRANGESTORE $key $key $place $place [REV]"),
        new Shape("ZRANGESTORE $key $key $bound $bound BYSCORE [REV] [LIMIT $offset $integer]"),
        new Shape("ZRANGESTORE $key lexical $lexical $lexical BYLEX [REV]"),
        new Shape("ZRANGESTORE $key $key $place $place $junk..."),
        new Shape("ZRANK $key $member [WITHSCORE]"),
        new Shape("ZRANK $key $member $junk..."),
        new Shape("ZREM $key $member..."),
        new Shape("ZREMRANGEBYLEX lexical $lexical $lexical"),
        new Shape("ZREMRANGEBYRANK $key $place $place"),
        new Shape("ZREMRANGEBYSCORE $key $bound $bound"),
        new Shape("ZREVRANGE $key $place $place [WITHSCORES] [$junk]"),
        new Shape("ZREVRANGEBYLEX lexical $lexical $lexical [LIMIT $offset $integer]"),
        new Shape("ZREVRANGEBYSCORE $key $bound $bound [WITHSCORES] [LIMIT $offset $integer]"),
        new Shape("ZREVRANK $key $member [WITHSCORE]"),
        new Shape("ZSCAN $key 0 COUNT 100000 [MATCH $glob] [NOSCORES]", Normal.WHOLE_SCAN),
        new Shape("ZSCAN $key $integer [COUNT $integer] [MATCH $glob]", Normal.PAGE),
        new Shape("ZSCAN $key [0| 5|5 |-1|+5|007] [NOVALUES|NOSCORES] [$junk]", Normal.PAGE),
        new Shape("ZSCORE $key $member"),
        new Shape(
            "ZUNION 2 $key $key [WEIGHTS $score $score] [AGGREGATE SUM|AGGREGATE MIN|AGGREGATE MAX]"
                + " [WITHSCORES]"),
        new Shape("ZUNION $integer $key... $junk..."),
        new Shape(
            "ZUNIONSTORE $key 3 $key $key $key [WEIGHTS $score $score $score] [AGGREGATE"
                + " MIN|AGGREGATE MAX]"),
        new Shape("ZUNIONSTORE $key $integer $key... $junk..."));
  }
}
