package io.hashslot.command.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class SubscribeTest extends CommandTest {
  @Test
  void shouldConfirmEachChannelWithTheCount() {
    run("SUBSCRIBE", "a", "b", "a")
        .replies(
            "*3",
            "$9",
            "subscribe",
            "$1",
            "a",
            ":1",
            "*3",
            "$9",
            "subscribe",
            "$1",
            "b",
            ":2",
            "*3",
            "$9",
            "subscribe",
            "$1",
            "a",
            ":2");
  }

  @Test
  void shouldGetMessages() {
    run("SUBSCRIBE", "a");
    kit.client().run("PUBLISH", "a", "hello").replies(":1");
    assertThat(client.received()).isEqualTo("*3\r\n$7\r\nmessage\r\n$1\r\na\r\n$5\r\nhello\r\n");
  }

  @Test
  void shouldGetMessagesAsPushesInResp3() {
    client.resp3();
    run("SUBSCRIBE", "a");
    kit.client().run("PUBLISH", "a", "x");
    assertThat(client.received()).isEqualTo(">3\r\n$7\r\nmessage\r\n$1\r\na\r\n$1\r\nx\r\n");
    run("PING").replies("+PONG");
  }

  @Test
  void shouldAllowLittleElseInResp2() {
    run("SUBSCRIBE", "a");
    run("GET", "k")
        .replies(
            "-ERR Can't execute 'get': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT"
                + " / RESET are allowed in this context");
    run("PING").replies("*2", "$4", "pong", "$0", "");
    run("UNSUBSCRIBE", "a");
    run("GET", "k").replies("$-1");
  }

  @Test
  void shouldHoldPushesBackWithinATransaction() {
    client.resp3();
    run("SUBSCRIBE", "a");
    run("MULTI");
    run("PUBLISH", "a", "x");
    run("PUBLISH", "a", "y");
    run("EXEC")
        .replies(
            "*2", ":1", ":1", ">3", "$7", "message", "$1", "a", "$1", "x", ">3", "$7", "message",
            "$1", "a", "$1", "y");
  }
}
