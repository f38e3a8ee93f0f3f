package io.hashslot.command.generic;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ObjectIdletimeTest extends CommandTest {
  @Test
  void shouldCountSecondsSinceTheLastUse() {
    run("SET", "k", "v");
    passMs(7000);
    run("OBJECT", "IDLETIME", "k").replies(":7");
    run("GET", "k");
    run("OBJECT", "IDLETIME", "k").replies(":0");
    kit.keyspace().accessClock().lfu(true);
    run("OBJECT", "IDLETIME", "k").fails("ERR An LFU maxmemory policy is selected");
  }
}
