package io.hashslot.command.list;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class LlenTest extends CommandTest {
  @Test
  void shouldTellTheLength() {
    run("LLEN", "k").replies(":0");
    run("RPUSH", "k", "a", "b");
    run("LLEN", "k").replies(":2").propagatesNothing();
    run("SET", "s", "x");
    run("LLEN", "s").fails("WRONGTYPE");
  }
}
