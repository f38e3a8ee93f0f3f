package io.hashslot.command.list;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class LrangeTest extends CommandTest {
  @Test
  void shouldCutTheRangeToTheList() {
    run("RPUSH", "k", "a", "b", "c");
    run("LRANGE", "k", "0", "0").replies("*1", "$1", "a");
    run("LRANGE", "k", "-2", "100").replies("*2", "$1", "b", "$1", "c");
    run("LRANGE", "k", "-100", "1").replies("*2", "$1", "a", "$1", "b");
    run("LRANGE", "k", "2", "1").replies("*0");
    run("LRANGE", "k", "3", "5").replies("*0");
    run("LRANGE", "k", "0", "-4").replies("*0");
    run("LRANGE", "missing", "0", "-1").replies("*0");
  }

  @Test
  void shouldLookAtTheNumbersFirst() {
    run("LRANGE", "k", "x", "0").replies("-ERR value is not an integer or out of range");
    run("SET", "s", "x");
    run("LRANGE", "s", "0", "0").fails("WRONGTYPE");
  }
}
