package io.hashslot.command.pubsub;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class PubsubNumpatTest extends CommandTest {
  @Test
  void shouldCountDistinctPatterns() {
    kit.client().run("PSUBSCRIBE", "a*", "b*");
    kit.client().run("PSUBSCRIBE", "a*");
    run("PUBSUB", "NUMPAT").replies(":2");
  }
}
