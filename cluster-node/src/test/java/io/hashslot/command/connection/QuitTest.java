package io.hashslot.command.connection;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class QuitTest extends CommandTest {
  @Test
  void shouldSayGoodbye() {
    run("QUIT").replies("+OK");
  }
}
