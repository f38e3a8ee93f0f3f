package io.hashslot.command.generic;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class RenameTest extends CommandTest {
  @Test
  void shouldGiveTheValueAnotherName() {
    run("SET", "a", "v", "PX", "5000");
    run("SET", "b", "w");
    run("RENAME", "a", "b")
        .replies("+OK")
        .propagates("RENAME a b")
        .fires("new:b", "rename_from:a", "rename_to:b");
    run("PTTL", "b").replies(":5000");
    run("EXISTS", "a").replies(":0");
  }

  @Test
  void shouldDoNothingWhenTheNamesAreTheSame() {
    run("RENAME", "a", "a").replies("-ERR no such key");
    run("SET", "a", "v");
    run("RENAME", "a", "a").replies("+OK").propagatesNothing().firesNothing();
  }
}
