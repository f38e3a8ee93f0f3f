package io.hashslot.command.list;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class LtrimTest extends CommandTest {
  @Test
  void shouldKeepTheRange() {
    run("RPUSH", "k", "a", "b", "c", "d");
    run("LTRIM", "k", "1", "-2").replies("+OK").propagates("LTRIM k 1 -2").fires("ltrim:k");
    run("LRANGE", "k", "0", "-1").replies("*2", "$1", "b", "$1", "c");
  }

  @Test
  void shouldRepeatNothingIfAllIsKept() {
    run("RPUSH", "k", "a");
    run("LTRIM", "k", "0", "-1").replies("+OK").propagatesNothing().fires("ltrim:k");
    run("LTRIM", "missing", "0", "-1").replies("+OK").firesNothing();
  }

  @Test
  void shouldDeleteTheListIfNothingIsKept() {
    run("RPUSH", "k", "a", "b");
    run("LTRIM", "k", "2", "5").replies("+OK").fires("ltrim:k", "del:k");
    run("RPUSH", "k", "a", "b");
    run("LTRIM", "k", "1", "0").replies("+OK");
    run("EXISTS", "k").replies(":0");
    run("LTRIM", "k", "1", "x").replies("-ERR value is not an integer or out of range");
  }
}
