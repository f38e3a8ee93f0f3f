package io.hashslot.command.connection;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ClientReplyTest extends CommandTest {
  @Test
  void shouldAnswerNothingWhileOff() {
    run("CLIENT", "REPLY", "OFF").repliesNothing();
    run("SET", "k", "v").repliesNothing();
    run("GET").repliesNothing();
    run("CLIENT", "REPLY", "ON").replies("+OK");
    run("GET", "k").repliesBulk("v");
  }

  @Test
  void shouldSkipTheNextReplyOnly() {
    run("CLIENT", "REPLY", "SKIP").repliesNothing();
    run("GET", "k").repliesNothing();
    run("GET", "k").replies("$-1");
  }

  @Test
  void shouldStayOffWhenASkipComes() {
    run("CLIENT", "REPLY", "OFF").repliesNothing();
    run("CLIENT", "REPLY", "SKIP").repliesNothing();
    run("GET", "k").repliesNothing();
    run("GET", "k").repliesNothing();
  }
}
