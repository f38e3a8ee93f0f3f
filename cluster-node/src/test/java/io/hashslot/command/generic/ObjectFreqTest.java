package io.hashslot.command.generic;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ObjectFreqTest extends CommandTest {
  @Test
  void shouldTellHowOftenAKeyIsUsed() {
    run("SET", "k", "v");
    run("OBJECT", "FREQ", "k").fails("ERR An LFU maxmemory policy is not selected");
    kit.keyspace().accessClock().lfu(true);
    run("SET", "n", "v");
    run("OBJECT", "FREQ", "n").replies(":5");
    run("OBJECT", "FREQ", "missing").replies("$-1");
  }
}
