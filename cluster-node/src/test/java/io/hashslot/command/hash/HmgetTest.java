package io.hashslot.command.hash;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class HmgetTest extends CommandTest {
  @Test
  void shouldReturnEachValueOrNothing() {
    run("HSET", "h", "a", "1", "b", "2");
    run("HMGET", "h", "b", "x", "a", "b").replies("*4", "$1", "2", "$-1", "$1", "1", "$1", "2");
    run("HMGET", "n", "a", "b").replies("*2", "$-1", "$-1");
  }

  @Test
  void shouldRefuseOtherTypes() {
    run("SET", "s", "v");
    run("HMGET", "s", "a").fails("WRONGTYPE");
  }
}
