package io.hashslot.command.generic;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class UnlinkTest extends CommandTest {
  @Test
  void shouldDeleteAndRepeatUnderItsOwnName() {
    run("SET", "a", "1");
    run("UNLINK", "a", "b").replies(":1").propagates("UNLINK a b").fires("del:a");
  }
}
