package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZremrangebyscoreTest extends CommandTest {
  @Test
  void shouldRemoveScoresWithinBounds() {
    run("ZADD", "z", "1", "a", "2", "b", "3", "c");
    run("ZREMRANGEBYSCORE", "z", "(1", "2")
        .replies(":1")
        .propagates("ZREMRANGEBYSCORE z (1 2")
        .fires("zremrangebyscore:z");
    run("ZREMRANGEBYSCORE", "z", "x", "2").replies("-ERR min or max is not a float");
  }
}
