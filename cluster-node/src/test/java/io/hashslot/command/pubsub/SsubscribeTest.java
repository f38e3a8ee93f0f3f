package io.hashslot.command.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class SsubscribeTest extends CommandTest {
  @Test
  void shouldKeepShardChannelsApart() {
    run("SSUBSCRIBE", "a").replies("*3", "$10", "ssubscribe", "$1", "a", ":1");
    kit.client().run("PUBLISH", "a", "x").replies(":0");
    kit.client().run("SPUBLISH", "a", "x").replies(":1");
    assertThat(client.received()).isEqualTo("*3\r\n$8\r\nsmessage\r\n$1\r\na\r\n$1\r\nx\r\n");
  }
}
