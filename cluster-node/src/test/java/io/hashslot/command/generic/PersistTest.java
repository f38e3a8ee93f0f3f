package io.hashslot.command.generic;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class PersistTest extends CommandTest {
  @Test
  void shouldTakeTheTimeAway() {
    run("SET", "k", "v", "EX", "10");
    run("PERSIST", "k").replies(":1").propagates("PERSIST k").fires("persist:k");
    run("PERSIST", "k").replies(":0").propagatesNothing().firesNothing();
    run("PERSIST", "missing").replies(":0");
    run("TTL", "k").replies(":-1");
  }
}
