package io.hashslot.command.pubsub;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class PubsubShardnumsubTest extends CommandTest {
  @Test
  void shouldCountSubscribersOfShardChannels() {
    kit.client().run("SSUBSCRIBE", "a");
    run("PUBSUB", "SHARDNUMSUB", "a", "b").replies("*4", "$1", "a", ":1", "$1", "b", ":0");
  }
}
