package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZcardTest extends CommandTest {
  @Test
  void shouldCountElements() {
    run("ZCARD", "z").replies(":0");
    run("ZADD", "z", "1", "a", "2", "b", "3", "c");
    run("ZCARD", "z").replies(":3");
    run("SET", "s", "x");
    run("ZCARD", "s").replies("-WRONGTYPE Operation against a key holding the wrong kind of value");
  }
}
