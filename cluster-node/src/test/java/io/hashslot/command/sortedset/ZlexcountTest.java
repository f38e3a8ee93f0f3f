package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZlexcountTest extends CommandTest {
  @Test
  void shouldCountMembersWithinBounds() {
    run("ZADD", "z", "0", "a", "0", "b", "0", "c");
    run("ZLEXCOUNT", "z", "-", "+").replies(":3");
    run("ZLEXCOUNT", "z", "[a", "(c").replies(":2");
    run("ZLEXCOUNT", "z", "(a", "(b").replies(":0");
    run("ZLEXCOUNT", "z", "a", "c").replies("-ERR min or max not valid string range item");
  }
}
