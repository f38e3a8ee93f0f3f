package io.hashslot.command.string;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class DecrbyTest extends CommandTest {
  @Test
  void shouldSubtract() {
    run("SET", "k", "10");
    run("DECRBY", "k", "3").replies(":7").propagates("DECRBY k 3").fires("incrby:k");
    run("DECRBY", "k", "-3").replies(":10");
  }

  @Test
  void shouldRefuseTheOneNumberWithoutAnOpposite() {
    run("DECRBY", "k", "-9223372036854775808").replies("-ERR decrement would overflow");
  }
}
