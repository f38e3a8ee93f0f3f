package io.hashslot.command.pubsub;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class PubsubNumsubTest extends CommandTest {
  @Test
  void shouldCountSubscribersOfEachChannel() {
    kit.client().run("SUBSCRIBE", "a");
    kit.client().run("SUBSCRIBE", "a");
    run("PUBSUB", "NUMSUB", "a", "b").replies("*4", "$1", "a", ":2", "$1", "b", ":0");
    run("PUBSUB", "NUMSUB").replies("*0");
  }
}
