package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZunionstoreTest extends CommandTest {
  @Test
  void shouldStoreTheUnionWithoutExpiry() {
    run("ZADD", "z", "1", "a", "2", "b", "3", "c");
    run("SET", "d", "x", "EX", "100");
    run("ZUNIONSTORE", "d", "1", "z", "WEIGHTS", "2")
        .replies(":3")
        .propagates("ZUNIONSTORE d 1 z WEIGHTS 2")
        .fires("zunionstore:d");
    run("TTL", "d").replies(":-1");
    run("ZSCORE", "d", "c").repliesBulk("6");
    run("ZUNIONSTORE", "d", "1", "nokey")
        .replies(":0")
        .propagates("ZUNIONSTORE d 1 nokey")
        .fires("keymiss:nokey", "del:d");
    run("ZUNIONSTORE", "d", "1", "z", "WITHSCORES").replies("-ERR syntax error");
  }
}
