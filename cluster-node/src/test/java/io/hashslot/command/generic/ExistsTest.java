package io.hashslot.command.generic;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ExistsTest extends CommandTest {
  @Test
  void shouldCountEveryMention() {
    run("MSET", "a", "1", "b", "2");
    run("EXISTS", "a", "a", "b", "c").replies(":3").fires("keymiss:c");
  }
}
