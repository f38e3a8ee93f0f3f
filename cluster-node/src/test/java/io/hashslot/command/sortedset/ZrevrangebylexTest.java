package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZrevrangebylexTest extends CommandTest {
  @Test
  void shouldTakeMembersDownwards() {
    run("ZADD", "z", "0", "a", "0", "b", "0", "c");
    run("ZREVRANGEBYLEX", "z", "+", "[b").replies("*2", "$1", "c", "$1", "b");
    run("ZREVRANGEBYLEX", "z", "-", "+").replies("*0");
  }
}
