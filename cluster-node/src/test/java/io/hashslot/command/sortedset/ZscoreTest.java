package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZscoreTest extends CommandTest {
  @Test
  void shouldReplyWithTheScore() {
    run("ZADD", "z", "1e17", "a", "1e-7", "b", "inf", "c", "3.0", "d");
    run("ZSCORE", "z", "a").repliesBulk("100000000000000000");
    run("ZSCORE", "z", "b").repliesBulk("1e-7");
    run("ZSCORE", "z", "c").repliesBulk("inf");
    run("ZSCORE", "z", "d").repliesBulk("3");
    run("ZSCORE", "z", "nobody").replies("$-1");
    run("ZSCORE", "nokey", "a").replies("$-1");
  }
}
