package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZdiffTest extends CommandTest {
  @Test
  void shouldTakeAwayMembersOfTheOthers() {
    run("ZADD", "z", "1", "a", "2", "b", "3", "c");
    run("ZADD", "y", "10", "b");
    run("SADD", "s", "c");
    run("ZDIFF", "3", "z", "y", "s", "WITHSCORES").replies("*2", "$1", "a", "$1", "1");
    run("ZDIFF", "2", "nokey", "z").replies("*0");
    run("ZDIFF", "1", "z", "WEIGHTS", "1").replies("-ERR syntax error");
  }
}
