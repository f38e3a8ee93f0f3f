package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZmscoreTest extends CommandTest {
  @Test
  void shouldReplyWithEachScore() {
    run("ZADD", "z", "1", "a", "2", "b", "3", "c");
    run("ZMSCORE", "z", "a", "x", "c").replies("*3", "$1", "1", "$-1", "$1", "3");
    run("ZMSCORE", "nokey", "a", "b").replies("*2", "$-1", "$-1");
    client.resp3();
    run("ZMSCORE", "z", "a", "x").replies("*2", ",1", "_");
  }
}
