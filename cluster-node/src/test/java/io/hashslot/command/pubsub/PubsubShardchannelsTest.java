package io.hashslot.command.pubsub;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class PubsubShardchannelsTest extends CommandTest {
  @Test
  void shouldListShardChannels() {
    kit.client().run("SSUBSCRIBE", "a");
    run("PUBSUB", "SHARDCHANNELS").replies("*1", "$1", "a");
    run("PUBSUB", "CHANNELS").replies("*0");
  }
}
