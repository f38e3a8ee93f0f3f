package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZinterTest extends CommandTest {
  @Test
  void shouldKeepCommonMembers() {
    run("ZADD", "z", "1", "a", "2", "b", "3", "c");
    run("ZADD", "y", "10", "b", "20", "d", "30", "c");
    run("ZINTER", "2", "z", "y", "WITHSCORES")
        .replies("*4", "$1", "b", "$2", "12", "$1", "c", "$2", "33");
    run("ZINTER", "2", "z", "y", "AGGREGATE", "MIN", "WITHSCORES")
        .replies("*4", "$1", "b", "$1", "2", "$1", "c", "$1", "3");
    run("ZINTER", "2", "z", "nokey").replies("*0");
    run("SET", "s", "x");
    run("ZINTER", "2", "nokey", "s")
        .replies("-WRONGTYPE Operation against a key holding the wrong kind of value");
  }
}
