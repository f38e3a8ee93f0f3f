package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZrevrangebyscoreTest extends CommandTest {
  @Test
  void shouldTakeScoresDownwards() {
    run("ZADD", "z", "1", "a", "2", "b", "3", "c");
    run("ZREVRANGEBYSCORE", "z", "+inf", "(1", "WITHSCORES", "LIMIT", "0", "1")
        .replies("*2", "$1", "c", "$1", "3");
  }
}
