package io.hashslot.command.connection;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ResetTest extends CommandTest {
  @Test
  void shouldForgetEverything() {
    client.resp3();
    run("SELECT", "3");
    run("SUBSCRIBE", "a");
    run("MULTI");
    run("RESET").replies("+RESET");
    run("EXEC").replies("-ERR EXEC without MULTI");
    run("GET", "k").replies("$-1");
    kit.client().run("PUBLISH", "a", "x").replies(":0");
  }
}
