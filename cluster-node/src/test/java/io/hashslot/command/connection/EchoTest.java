package io.hashslot.command.connection;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class EchoTest extends CommandTest {
  @Test
  void shouldReturnItsArgument() {
    run("ECHO", "").repliesBulk("");
    run("ECHO", "text").repliesBulk("text");
  }
}
