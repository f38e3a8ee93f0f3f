package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZcountTest extends CommandTest {
  @Test
  void shouldCountScoresWithinBounds() {
    run("ZADD", "z", "1", "a", "2", "b", "3", "c");
    run("ZCOUNT", "z", "-inf", "+inf").replies(":3");
    run("ZCOUNT", "z", "(1", "3").replies(":2");
    run("ZCOUNT", "z", "(1", "(3").replies(":1");
    run("ZCOUNT", "z", "3", "1").replies(":0");
    run("ZCOUNT", "z", "x", "1").replies("-ERR min or max is not a float");
    run("ZCOUNT", "nokey", "0", "1").replies(":0");
  }
}
