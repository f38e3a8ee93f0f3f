package io.hashslot.command.pubsub;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class PublishTest extends CommandTest {
  @Test
  void shouldCountReceiversAndTellReplicas() {
    kit.client().run("SUBSCRIBE", "c");
    kit.client().run("PSUBSCRIBE", "*");
    run("PUBLISH", "c", "m").replies(":2").propagates("PUBLISH c m");
  }
}
