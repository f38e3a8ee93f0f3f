package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZremrangebylexTest extends CommandTest {
  @Test
  void shouldRemoveMembersWithinBounds() {
    run("ZADD", "z", "0", "a", "0", "b", "0", "c");
    run("ZREMRANGEBYLEX", "z", "[a", "(c")
        .replies(":2")
        .propagates("ZREMRANGEBYLEX z [a (c")
        .fires("zremrangebylex:z");
    run("ZREMRANGEBYLEX", "z", "-", "+").replies(":1").fires("zremrangebylex:z", "del:z");
  }
}
