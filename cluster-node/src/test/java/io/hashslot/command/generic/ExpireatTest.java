package io.hashslot.command.generic;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ExpireatTest extends CommandTest {
  @Test
  void shouldTakeUnixSeconds() {
    run("SET", "k", "v");
    run("EXPIREAT", "k", "4102444800").replies(":1").propagates("PEXPIREAT k 4102444800000");
    run("EXPIREAT", "k", "1").replies(":1").propagates("UNLINK k").fires("del:k");
  }
}
