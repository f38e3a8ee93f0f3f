package io.hashslot.command.pubsub;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class PunsubscribeTest extends CommandTest {
  @Test
  void shouldEndPatternsAndKeepChannels() {
    run("SUBSCRIBE", "a");
    run("PSUBSCRIBE", "*");
    run("PUNSUBSCRIBE").replies("*3", "$12", "punsubscribe", "$1", "*", ":1");
    kit.client().run("PUBLISH", "a", "x").replies(":1");
  }
}
