package io.hashslot.command.hash;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class HmsetTest extends CommandTest {
  @Test
  void shouldSetFields() {
    run("HMSET", "h", "a", "1", "b", "2")
        .replies("+OK")
        .propagates("HMSET h a 1 b 2")
        .fires("new:h", "hset:h");
    run("HMGET", "h", "a", "b").replies("*2", "$1", "1", "$1", "2");
  }

  @Test
  void shouldRefuseAFieldWithoutValue() {
    run("HMSET", "h", "a", "1", "b").replies("-ERR wrong number of arguments for 'hmset' command");
  }
}
