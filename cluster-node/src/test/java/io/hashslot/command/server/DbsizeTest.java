package io.hashslot.command.server;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class DbsizeTest extends CommandTest {
  @Test
  void shouldCountTheKeysOfTheDatabase() {
    run("MSET", "a", "1", "b", "2");
    run("DBSIZE").replies(":2");
    run("SELECT", "1");
    run("DBSIZE").replies(":0");
  }
}
