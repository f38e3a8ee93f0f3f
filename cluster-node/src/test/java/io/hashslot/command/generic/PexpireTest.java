package io.hashslot.command.generic;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class PexpireTest extends CommandTest {
  @Test
  void shouldTakeMilliseconds() {
    run("SET", "k", "v");
    run("PEXPIRE", "k", "1500").replies(":1").propagates("PEXPIREAT k " + inMs(1500));
    run("PEXPIRE", "k", "9223372036854775807")
        .replies("-ERR invalid expire time in 'pexpire' command");
  }
}
