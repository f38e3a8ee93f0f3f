package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZrangebyscoreTest extends CommandTest {
  @Test
  void shouldTakeScoresWithinBounds() {
    run("ZADD", "z", "1", "a", "2", "b", "3", "c");
    run("ZRANGEBYSCORE", "z", "(1", "3").replies("*2", "$1", "b", "$1", "c");
    run("ZRANGEBYSCORE", "z", "-inf", "+inf", "LIMIT", "1", "1").replies("*1", "$1", "b");
    run("ZRANGEBYSCORE", "z", "-inf", "+inf", "LIMIT", "-1", "1").replies("*0");
    run("ZRANGEBYSCORE", "z", "-inf", "+inf", "LIMIT", "1", "-1")
        .replies("*2", "$1", "b", "$1", "c");
    run("ZRANGEBYSCORE", "z", "1", "2", "LIMIT", "1").replies("-ERR syntax error");
  }
}
