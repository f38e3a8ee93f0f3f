package io.hashslot.command.generic;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ObjectRefcountTest extends CommandTest {
  @Test
  void shouldKnowOfNoSharing() {
    run("SET", "k", "1");
    run("OBJECT", "REFCOUNT", "k").replies(":1");
    run("OBJECT", "REFCOUNT", "missing").replies("$-1");
  }
}
