package io.hashslot.command.stream;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class XpendingTest extends CommandTest {
  @BeforeEach
  void fill() {
    for (String id : new String[] {"1-1", "2-1", "3-1"}) {
      run("XADD", "s", id, "f", "v");
    }
    run("XGROUP", "CREATE", "s", "g", "0");
    run("XREADGROUP", "GROUP", "g", "c", "COUNT", "2", "STREAMS", "s", ">");
    passMs(100);
    run("XREADGROUP", "GROUP", "g", "d", "STREAMS", "s", ">");
  }

  @Test
  void shouldTellWhoHasHowMuch() {
    run("XPENDING", "s", "g")
        .replies(
            "*4", ":3", "$3", "1-1", "$3", "3-1", "*2", "*2", "$1", "c", "$1", "2", "*2", "$1", "d",
            "$1", "1");
  }

  @Test
  void shouldListEntries() {
    run("XPENDING", "s", "g", "(1-1", "+", "5")
        .replies(
            "*2", "*4", "$3", "2-1", "$1", "c", ":100", ":1", "*4", "$3", "3-1", "$1", "d", ":0",
            ":1");
    run("XPENDING", "s", "g", "IDLE", "100", "-", "+", "1")
        .replies("*1", "*4", "$3", "1-1", "$1", "c", ":100", ":1");
    run("XPENDING", "s", "g", "-", "+", "9", "d")
        .replies("*1", "*4", "$3", "3-1", "$1", "d", ":0", ":1");
    run("XPENDING", "s", "g", "-", "+", "9", "nobody").replies("*0");
    run("XPENDING", "s", "g", "-", "+", "-1").replies("*0");
  }

  @Test
  void shouldRefuseWhatMakesNoSense() {
    run("XPENDING", "s", "g", "-", "+").fails("ERR syntax error");
    run("XPENDING", "s", "g", "IDLE", "1", "-", "+").fails("ERR syntax error");
    run("XPENDING", "s", "g", "-", "+", "x").fails("ERR value is not an integer");
    run("XPENDING", "s", "x").replies("-NOGROUP No such key 's' or consumer group 'x'");
    run("XPENDING", "missing", "g").fails("NOGROUP");
  }
}
