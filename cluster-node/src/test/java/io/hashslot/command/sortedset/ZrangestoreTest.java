package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZrangestoreTest extends CommandTest {
  @Test
  void shouldStoreTheRange() {
    run("ZADD", "z", "1", "a", "2", "b", "3", "c");
    run("ZRANGESTORE", "d", "z", "0", "1")
        .replies(":2")
        .propagates("ZRANGESTORE d z 0 1")
        .fires("new:d", "zrangestore:d");
    run("ZRANGE", "d", "0", "-1").replies("*2", "$1", "a", "$1", "b");
    run("ZRANGESTORE", "z", "z", "1", "-1", "REV").replies(":2");
    run("ZRANGE", "z", "0", "-1", "WITHSCORES")
        .replies("*4", "$1", "a", "$1", "1", "$1", "b", "$1", "2");
  }

  @Test
  void shouldDeleteTheDestinationIfThereIsNothing() {
    run("SET", "d", "x");
    run("ZRANGESTORE", "d", "nokey", "0", "1")
        .replies(":0")
        .propagates("ZRANGESTORE d nokey 0 1")
        .fires("keymiss:nokey", "del:d");
    run("ZRANGESTORE", "d", "nokey", "0", "1")
        .replies(":0")
        .propagatesNothing()
        .fires("keymiss:nokey");
    run("ZRANGESTORE", "d", "z", "0", "1", "WITHSCORES").replies("-ERR syntax error");
  }
}
