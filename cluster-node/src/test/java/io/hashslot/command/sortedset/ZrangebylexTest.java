package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZrangebylexTest extends CommandTest {
  @Test
  void shouldTakeMembersWithinBounds() {
    run("ZADD", "z", "0", "a", "0", "b", "0", "c");
    run("ZRANGEBYLEX", "z", "-", "(c").replies("*2", "$1", "a", "$1", "b");
    run("ZRANGEBYLEX", "z", "[aa", "+").replies("*2", "$1", "b", "$1", "c");
    run("ZRANGEBYLEX", "z", "-", "+", "WITHSCORES")
        .replies("-ERR syntax error, WITHSCORES not supported in combination with BYLEX");
  }
}
