package io.hashslot.command.pubsub;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class SunsubscribeTest extends CommandTest {
  @Test
  void shouldEndShardChannels() {
    run("SSUBSCRIBE", "a");
    run("SUNSUBSCRIBE", "a").replies("*3", "$12", "sunsubscribe", "$1", "a", ":0");
    kit.client().run("SPUBLISH", "a", "x").replies(":0");
  }
}
