package io.hashslot.command.sortedset;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ZinterstoreTest extends CommandTest {
  @Test
  void shouldStoreTheIntersection() {
    run("ZADD", "z", "1", "a", "2", "b", "3", "c");
    run("ZINTERSTORE", "z", "2", "z", "z", "WEIGHTS", "1", "2", "AGGREGATE", "MAX")
        .replies(":3")
        .fires("zinterstore:z");
    run("ZRANGE", "z", "0", "-1", "WITHSCORES")
        .replies("*6", "$1", "a", "$1", "2", "$1", "b", "$1", "4", "$1", "c", "$1", "6");
  }
}
