package io.hashslot.command.generic;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class PexpiretimeTest extends CommandTest {
  @Test
  void shouldTellTheMomentInMilliseconds() {
    run("SET", "k", "v", "PXAT", "4102444800001");
    run("PEXPIRETIME", "k").replies(":4102444800001");
    run("PEXPIRETIME", "missing").replies(":-2").fires("keymiss:missing");
  }
}
