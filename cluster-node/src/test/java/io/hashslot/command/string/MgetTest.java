package io.hashslot.command.string;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class MgetTest extends CommandTest {
  @Test
  void shouldReturnAllValuesInOrder() {
    run("MSET", "a", "1", "b", "2");
    run("MGET", "b", "missing", "a", "b")
        .replies("*4", "$1", "2", "$-1", "$1", "1", "$1", "2")
        .fires("keymiss:missing");
  }
}
