package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZaddTest extends CommandTest {
  @Test
  void shouldAddAndUpdate() {
    run("ZADD", "z", "1", "a", "2", "b")
        .replies(":2")
        .propagates("ZADD z 1 a 2 b")
        .fires("new:z", "zadd:z");
    run("ZADD", "z", "1", "a").replies(":0").propagatesNothing().firesNothing();
    run("ZADD", "z", "5", "a", "3", "c").replies(":1").propagates("ZADD z 5 a 3 c").fires("zadd:z");
    run("ZRANGE", "z", "0", "-1").replies("*3", "$1", "b", "$1", "c", "$1", "a");
  }

  @Test
  void shouldCountWhatChangedIfAsked() {
    run("ZADD", "z", "1", "a", "2", "b", "3", "c");
    run("ZADD", "z", "CH", "1", "a", "7", "b", "8", "d").replies(":2");
    run("ZADD", "z", "XX", "CH", "9", "a", "9", "nobody").replies(":1");
  }

  @Test
  void shouldKeepToItsConditions() {
    run("ZADD", "z", "1", "a", "2", "b", "3", "c");
    run("ZADD", "z", "NX", "9", "a", "9", "d").replies(":1");
    run("ZSCORE", "z", "a").repliesBulk("1");
    run("ZADD", "z", "GT", "CH", "0", "a", "5", "b").replies(":1");
    run("ZADD", "z", "LT", "CH", "0", "a", "6", "b").replies(":1");
    run("ZADD", "nokey", "XX", "1", "a").replies(":0").propagatesNothing().firesNothing();
    run("EXISTS", "nokey").replies(":0");
  }

  @Test
  void shouldIncrementAndReplyWithTheScore() {
    run("ZADD", "z", "INCR", "1.5", "a")
        .repliesBulk("1.5")
        .propagates("ZADD z INCR 1.5 a")
        .fires("new:z", "zincr:z");
    run("ZADD", "z", "GT", "INCR", "-1", "a").replies("$-1").propagatesNothing().firesNothing();
    run("ZADD", "z", "NX", "INCR", "1", "a").replies("$-1");
    run("ZADD", "z", "INCR", "0", "a").repliesBulk("1.5").propagatesNothing().firesNothing();
    run("ZADD", "z", "INCR", "inf", "a").repliesBulk("inf");
    run("ZADD", "z", "INCR", "-inf", "a").replies("-ERR resulting score is not a number (NaN)");
  }

  @Test
  void shouldReplyWithDoublesInResp3() {
    client.resp3();
    run("ZADD", "z", "INCR", "0.1", "a").replies(",0.1");
    run("ZADD", "z", "NX", "INCR", "1", "a").replies("_");
  }

  @Test
  void shouldRefuseWhatContradictsItself() {
    run("ZADD", "z", "NX", "XX", "1", "a")
        .replies("-ERR XX and NX options at the same time are not compatible");
    run("ZADD", "z", "GT", "LT", "1", "a")
        .replies("-ERR GT, LT, and/or NX options at the same time are not compatible");
    run("ZADD", "z", "NX", "GT", "1", "a")
        .replies("-ERR GT, LT, and/or NX options at the same time are not compatible");
    run("ZADD", "z", "INCR", "1", "a", "2", "b")
        .replies("-ERR INCR option supports a single increment-element pair");
    run("ZADD", "z", "1", "a", "2").replies("-ERR syntax error");
    run("ZADD", "z", "CH", "NX").replies("-ERR syntax error");
  }

  @Test
  void shouldTakeNothingIfOneScoreIsWrong() {
    run("ZADD", "z", "1", "a", "nan", "b").replies("-ERR value is not a valid float");
    run("EXISTS", "z").replies(":0");
    run("SET", "s", "x");
    run("ZADD", "s", "1", "a")
        .replies("-WRONGTYPE Operation against a key holding the wrong kind of value");
  }

  @Test
  void shouldChangeFormAtTheLimits() {
    for (int i = 0; i < 128; i++) {
      run("ZADD", "z", "" + i, "m" + i);
    }
    run("OBJECT", "ENCODING", "z").repliesBulk("listpack");
    run("ZADD", "z", "1", "more");
    run("OBJECT", "ENCODING", "z").repliesBulk("skiplist");
    run("ZADD", "y", "1", "x".repeat(64));
    run("OBJECT", "ENCODING", "y").repliesBulk("listpack");
    run("ZADD", "y", "XX", "1", "x".repeat(65));
    run("OBJECT", "ENCODING", "y").repliesBulk("skiplist");
  }
}
