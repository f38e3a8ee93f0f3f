package io.hashslot.command.pubsub;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class SpublishTest extends CommandTest {
  @Test
  void shouldCountReceiversAndTellReplicas() {
    kit.client().run("SSUBSCRIBE", "c");
    run("SPUBLISH", "c", "m").replies(":1").propagates("SPUBLISH c m");
  }
}
