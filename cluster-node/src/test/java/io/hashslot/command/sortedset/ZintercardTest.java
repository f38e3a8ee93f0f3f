package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZintercardTest extends CommandTest {
  @Test
  void shouldCountCommonMembersUpToALimit() {
    run("ZADD", "z", "1", "a", "2", "b", "3", "c");
    run("ZADD", "y", "1", "a", "1", "b");
    run("ZINTERCARD", "2", "z", "y").replies(":2");
    run("ZINTERCARD", "2", "z", "y", "LIMIT", "1").replies(":1");
    run("ZINTERCARD", "2", "z", "y", "LIMIT", "0").replies(":2");
    run("ZINTERCARD", "1", "z", "LIMIT", "-1").replies("-ERR LIMIT can't be negative");
    run("ZINTERCARD", "2", "z", "nokey").replies(":0");
  }
}
