package io.hashslot.command.string;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class MsetTest extends CommandTest {
  @Test
  void shouldSetAllPairs() {
    run("MSET", "a", "1", "b", "2", "a", "3")
        .replies("+OK")
        .propagates("MSET a 1 b 2 a 3")
        .fires("new:a", "set:a", "new:b", "set:b", "set:a");
    run("GET", "a").repliesBulk("3");
  }

  @Test
  void shouldRefuseAKeyWithoutValue() {
    run("MSET", "a", "1", "b").replies("-ERR wrong number of arguments for 'mset' command");
    run("EXISTS", "a").replies(":0");
  }
}
