package io.hashslot.command.set;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ScardTest extends CommandTest {
  @Test
  void shouldCountMembers() {
    run("SCARD", "s").replies(":0");
    run("SADD", "s", "a", "b", "c");
    run("SCARD", "s").replies(":3").propagatesNothing();
    run("SET", "k", "v");
    run("SCARD", "k").fails("WRONGTYPE");
  }
}
