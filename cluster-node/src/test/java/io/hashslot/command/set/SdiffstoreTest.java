package io.hashslot.command.set;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class SdiffstoreTest extends CommandTest {
  @Test
  void shouldStoreTheDifference() {
    run("SADD", "a", "1", "2", "x");
    run("SADD", "b", "x");
    run("SDIFFSTORE", "d", "a", "b")
        .replies(":2")
        .propagates("SDIFFSTORE d a b")
        .fires("new:d", "sdiffstore:d");
    run("OBJECT", "ENCODING", "d").repliesBulk("intset");
    run("SDIFFSTORE", "d", "b", "a").replies(":0").fires("del:d");
    run("SDIFFSTORE", "d", "none", "a").replies(":0").propagatesNothing();
  }
}
