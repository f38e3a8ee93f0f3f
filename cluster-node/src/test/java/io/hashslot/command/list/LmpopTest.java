package io.hashslot.command.list;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class LmpopTest extends CommandTest {
  @Test
  void shouldTakeFromTheFirstListThereIs() {
    run("RPUSH", "b", "1", "2", "3");
    run("LMPOP", "2", "a", "b", "LEFT", "COUNT", "2")
        .replies("*2", "$1", "b", "*2", "$1", "1", "$1", "2")
        .propagates("LPOP b 2")
        .fires("lpop:b");
    run("LMPOP", "2", "a", "b", "RIGHT", "COUNT", "10")
        .replies("*2", "$1", "b", "*1", "$1", "3")
        .propagates("RPOP b 1")
        .fires("rpop:b", "del:b");
    run("LMPOP", "2", "a", "b", "RIGHT").replies("*-1").propagatesNothing();
  }

  @Test
  void shouldRefuseArgumentsThatAreNone() {
    run("LMPOP", "0", "a", "LEFT").replies("-ERR numkeys should be greater than 0");
    run("LMPOP", "x", "a", "LEFT").replies("-ERR numkeys should be greater than 0");
    run("LMPOP", "1", "a", "UP").replies("-ERR syntax error");
    run("LMPOP", "9", "a", "LEFT").replies("-ERR syntax error");
    run("LMPOP", "1", "a", "LEFT", "COUNT", "0").replies("-ERR count should be greater than 0");
    run("LMPOP", "1", "a", "LEFT", "COUNT").replies("-ERR syntax error");
    run("LMPOP", "1", "a", "LEFT", "COUNT", "1", "COUNT", "1").replies("-ERR syntax error");
    run("SET", "s", "x");
    run("LMPOP", "1", "s", "LEFT").fails("WRONGTYPE");
  }
}
