package io.hashslot.command.generic;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class PttlTest extends CommandTest {
  @Test
  void shouldTellTheMillisecondsThatAreLeft() {
    run("SET", "k", "v", "PX", "1500");
    passMs(400);
    run("PTTL", "k").replies(":1100");
    run("PERSIST", "k");
    run("PTTL", "k").replies(":-1");
    run("PTTL", "missing").replies(":-2");
  }
}
