package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZrevrangeTest extends CommandTest {
  @Test
  void shouldTakeRanksFromTheEnd() {
    run("ZADD", "z", "1", "a", "2", "b", "3", "c");
    run("ZREVRANGE", "z", "0", "1", "WITHSCORES")
        .replies("*4", "$1", "c", "$1", "3", "$1", "b", "$1", "2");
    run("ZREVRANGE", "z", "0", "1", "REV").replies("-ERR syntax error");
  }
}
