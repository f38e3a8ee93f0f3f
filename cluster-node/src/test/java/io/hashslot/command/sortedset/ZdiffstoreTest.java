package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZdiffstoreTest extends CommandTest {
  @Test
  void shouldStoreTheDifference() {
    run("ZADD", "z", "1", "a", "2", "b", "3", "c");
    run("ZDIFFSTORE", "d", "1", "z")
        .replies(":3")
        .propagates("ZDIFFSTORE d 1 z")
        .fires("new:d", "zdiffstore:d");
    run("ZDIFFSTORE", "d", "2", "z", "z").replies(":0").fires("del:d");
  }
}
