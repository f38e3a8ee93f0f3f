package io.hashslot.command.connection;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class SelectTest extends CommandTest {
  @Test
  void shouldKeepDatabasesApart() {
    run("SET", "a", "1");
    run("SELECT", "15").replies("+OK");
    run("GET", "a").replies("$-1");
    run("SET", "a", "2").fires("new:a@15", "set:a@15");
    run("SELECT", "0");
    run("GET", "a").repliesBulk("1");
  }

  @Test
  void shouldRefuseDatabasesThatAreNone() {
    run("SELECT", "16").replies("-ERR DB index is out of range");
    run("SELECT", "-1").replies("-ERR DB index is out of range");
    run("SELECT", "x").replies("-ERR value is not an integer or out of range");
  }
}
