package io.hashslot.command.generic;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class PexpireatTest extends CommandTest {
  @Test
  void shouldTakeUnixMilliseconds() {
    run("SET", "k", "v");
    run("PEXPIREAT", "k", "4102444800001").replies(":1").propagates("PEXPIREAT k 4102444800001");
    run("PEXPIREAT", "k", inMs(0)).replies(":1").propagates("UNLINK k");
  }
}
