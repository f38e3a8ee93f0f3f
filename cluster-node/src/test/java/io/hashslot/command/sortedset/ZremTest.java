package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZremTest extends CommandTest {
  @Test
  void shouldRemoveMembersAndThenTheKey() {
    run("ZADD", "z", "1", "a", "2", "b", "3", "c");
    run("ZREM", "z", "x").replies(":0").propagatesNothing().firesNothing();
    run("ZREM", "z", "a", "x").replies(":1").propagates("ZREM z a x").fires("zrem:z");
    run("ZREM", "z", "b", "c", "d")
        .replies(":2")
        .propagates("ZREM z b c d")
        .fires("zrem:z", "del:z");
    run("EXISTS", "z").replies(":0");
  }
}
