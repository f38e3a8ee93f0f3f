package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZrangeTest extends CommandTest {
  @Test
  void shouldTakeRanksFromBothEnds() {
    run("ZADD", "z", "1", "a", "2", "b", "3", "c");
    run("ZRANGE", "z", "0", "1").replies("*2", "$1", "a", "$1", "b");
    run("ZRANGE", "z", "-2", "-1", "REV").replies("*2", "$1", "b", "$1", "a");
    run("ZRANGE", "z", "5", "6").replies("*0");
    run("ZRANGE", "nokey", "0", "1").replies("*0");
  }

  @Test
  void shouldTakeScoresAndMembers() {
    run("ZADD", "z", "1", "a", "2", "b", "3", "c");
    run("ZRANGE", "z", "(1", "+inf", "BYSCORE", "LIMIT", "1", "1").replies("*1", "$1", "c");
    run("ZRANGE", "z", "+inf", "2", "BYSCORE", "REV", "WITHSCORES")
        .replies("*4", "$1", "c", "$1", "3", "$1", "b", "$1", "2");
    run("ZADD", "y", "0", "a", "0", "b", "0", "c");
    run("ZRANGE", "y", "[b", "+", "BYLEX").replies("*2", "$1", "b", "$1", "c");
    run("ZRANGE", "y", "+", "[b", "BYLEX", "REV", "LIMIT", "0", "1").replies("*1", "$1", "c");
  }

  @Test
  void shouldPairScoresInResp3() {
    run("ZADD", "z", "1", "a", "2", "b", "3", "c");
    client.resp3();
    run("ZRANGE", "z", "0", "0", "WITHSCORES").replies("*1", "*2", "$1", "a", ",1");
  }

  @Test
  void shouldRefuseOptionsThatDoNotFit() {
    run("ZRANGE", "z", "0", "1", "LIMIT", "0", "1")
        .replies(
            "-ERR syntax error, LIMIT is only supported in combination with either BYSCORE or"
                + " BYLEX");
    run("ZRANGE", "z", "[a", "[b", "BYLEX", "WITHSCORES")
        .replies("-ERR syntax error, WITHSCORES not supported in combination with BYLEX");
    run("ZRANGE", "z", "0", "1", "BYSCORE", "BYLEX").replies("-ERR syntax error");
    run("ZRANGE", "z", "a", "b").replies("-ERR value is not an integer or out of range");
  }
}
