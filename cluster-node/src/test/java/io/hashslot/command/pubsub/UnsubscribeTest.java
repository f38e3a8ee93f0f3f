package io.hashslot.command.pubsub;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class UnsubscribeTest extends CommandTest {
  @Test
  void shouldEndAllWithoutArguments() {
    run("SUBSCRIBE", "a", "b");
    run("UNSUBSCRIBE")
        .replies(
            "*3",
            "$11",
            "unsubscribe",
            "$1",
            "a",
            ":1",
            "*3",
            "$11",
            "unsubscribe",
            "$1",
            "b",
            ":0");
    kit.client().run("PUBLISH", "a", "x").replies(":0");
  }

  @Test
  void shouldAnswerWhenThereIsNothingToEnd() {
    run("UNSUBSCRIBE").replies("*3", "$11", "unsubscribe", "$-1", ":0");
    run("UNSUBSCRIBE", "x").replies("*3", "$11", "unsubscribe", "$1", "x", ":0");
  }
}
