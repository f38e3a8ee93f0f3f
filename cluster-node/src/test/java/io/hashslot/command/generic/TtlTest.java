package io.hashslot.command.generic;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class TtlTest extends CommandTest {
  @Test
  void shouldRoundTheSecondsThatAreLeft() {
    run("SET", "k", "v", "PX", "1499");
    run("TTL", "k").replies(":1");
    run("PEXPIRE", "k", "1500");
    run("TTL", "k").replies(":2");
    run("PERSIST", "k");
    run("TTL", "k").replies(":-1");
    run("TTL", "missing").replies(":-2");
  }
}
