package io.hashslot.command.connection;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class PingTest extends CommandTest {
  @Test
  void shouldAnswerOrEcho() {
    run("PING").replies("+PONG");
    run("PING", "hello").repliesBulk("hello");
    run("PING", "a", "b").replies("-ERR wrong number of arguments for 'ping' command");
  }
}
