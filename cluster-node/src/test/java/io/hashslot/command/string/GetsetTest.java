package io.hashslot.command.string;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class GetsetTest extends CommandTest {
  @Test
  void shouldExchangeTheValue() {
    run("GETSET", "k", "a")
        .replies("$-1")
        .propagates("SET k a")
        .fires("keymiss:k", "new:k", "set:k");
    run("GETSET", "k", "b").repliesBulk("a").fires("set:k");
    run("GET", "k").repliesBulk("b");
  }

  @Test
  void shouldTakeTheExpiryAway() {
    run("SET", "k", "v", "EX", "10");
    run("GETSET", "k", "w");
    run("TTL", "k").replies(":-1");
  }
}
