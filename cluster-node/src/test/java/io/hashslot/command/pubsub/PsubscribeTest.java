package io.hashslot.command.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class PsubscribeTest extends CommandTest {
  @Test
  void shouldGetMessagesOfMatchingChannels() {
    run("PSUBSCRIBE", "news.*").replies("*3", "$10", "psubscribe", "$6", "news.*", ":1");
    kit.client().run("PUBLISH", "news.a", "x").replies(":1");
    kit.client().run("PUBLISH", "other", "x").replies(":0");
    assertThat(client.received())
        .isEqualTo("*4\r\n$8\r\npmessage\r\n$6\r\nnews.*\r\n$6\r\nnews.a\r\n$1\r\nx\r\n");
  }

  @Test
  void shouldGetAMessageOnceForEachSubscription() {
    run("PSUBSCRIBE", "a*", "*a");
    run("SUBSCRIBE", "a");
    kit.client().run("PUBLISH", "a", "x").replies(":3");
  }
}
