package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZremrangebyrankTest extends CommandTest {
  @Test
  void shouldRemoveRanks() {
    run("ZADD", "z", "1", "a", "2", "b", "3", "c");
    run("ZREMRANGEBYRANK", "z", "-1", "-1")
        .replies(":1")
        .propagates("ZREMRANGEBYRANK z -1 -1")
        .fires("zremrangebyrank:z");
    run("ZREMRANGEBYRANK", "z", "5", "6").replies(":0").propagatesNothing().firesNothing();
    run("ZREMRANGEBYRANK", "z", "0", "-1").replies(":2").fires("zremrangebyrank:z", "del:z");
  }
}
