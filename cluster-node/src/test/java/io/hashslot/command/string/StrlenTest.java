package io.hashslot.command.string;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class StrlenTest extends CommandTest {
  @Test
  void shouldCountBytes() {
    run("SET", "k", "12345");
    run("STRLEN", "k").replies(":5");
    run("STRLEN", "missing").replies(":0").fires("keymiss:missing");
  }
}
