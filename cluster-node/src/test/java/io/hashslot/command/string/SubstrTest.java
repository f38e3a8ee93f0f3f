package io.hashslot.command.string;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class SubstrTest extends CommandTest {
  @Test
  void shouldBeAnOtherNameOfGetrange() {
    run("SET", "k", "abcdef");
    run("SUBSTR", "k", "1", "-2").repliesBulk("bcde");
  }
}
