package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZrevrankTest extends CommandTest {
  @Test
  void shouldCountFromTheGreatest() {
    run("ZADD", "z", "1", "a", "2", "b", "3", "c");
    run("ZREVRANK", "z", "a").replies(":2");
    run("ZREVRANK", "z", "c", "WITHSCORE").replies("*2", ":0", "$1", "3");
    run("ZREVRANK", "nokey", "a").replies("$-1");
  }
}
