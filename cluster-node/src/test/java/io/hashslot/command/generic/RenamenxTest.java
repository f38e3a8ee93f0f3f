package io.hashslot.command.generic;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class RenamenxTest extends CommandTest {
  @Test
  void shouldNotReplace() {
    run("MSET", "a", "1", "b", "2");
    run("RENAMENX", "a", "b").replies(":0").propagatesNothing();
    run("RENAMENX", "a", "a").replies(":0");
    run("RENAMENX", "a", "c").replies(":1").propagates("RENAMENX a c");
    run("RENAMENX", "a", "c").replies("-ERR no such key");
  }
}
