package io.hashslot.command.string;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class DecrTest extends CommandTest {
  @Test
  void shouldCountDownFromZero() {
    run("DECR", "k").replies(":-1").propagates("DECR k").fires("new:k", "incrby:k");
  }

  @Test
  void shouldNotPassTheLeastNumber() {
    run("SET", "k", "-9223372036854775808");
    run("DECR", "k").replies("-ERR increment or decrement would overflow");
  }
}
