package io.hashslot.command.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class PubsubChannelsTest extends CommandTest {
  @Test
  void shouldListChannelsWithSubscribers() {
    kit.client().run("SUBSCRIBE", "news", "other");
    kit.client().run("PSUBSCRIBE", "p*");
    run("PUBSUB", "CHANNELS", "n*").replies("*1", "$4", "news");
    assertThat(run("PUBSUB", "CHANNELS").reply()).startsWith("*2\r\n");
    run("PUBSUB", "CHANNELS", "a", "b")
        .replies("-ERR wrong number of arguments for 'pubsub|channels' command");
  }
}
