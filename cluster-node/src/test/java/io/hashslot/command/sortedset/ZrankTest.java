package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZrankTest extends CommandTest {
  @Test
  void shouldCountFromTheLeast() {
    run("ZADD", "z", "1", "a", "2", "b", "3", "c");
    run("ZRANK", "z", "a").replies(":0");
    run("ZRANK", "z", "c").replies(":2");
    run("ZRANK", "z", "x").replies("$-1");
    run("ZRANK", "z", "c", "WITHSCORE").replies("*2", ":2", "$1", "3");
    run("ZRANK", "z", "x", "WITHSCORE").replies("*-1");
    run("ZRANK", "z", "a", "x").replies("-ERR syntax error");
    run("ZRANK", "z", "a", "WITHSCORE", "x")
        .replies("-ERR wrong number of arguments for 'zrank' command");
  }
}
