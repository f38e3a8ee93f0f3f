package io.hashslot.command.generic;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class TypeTest extends CommandTest {
  @Test
  void shouldNameTheType() {
    run("SET", "k", "v");
    run("TYPE", "k").replies("+string");
    run("TYPE", "missing").replies("+none");
  }
}
