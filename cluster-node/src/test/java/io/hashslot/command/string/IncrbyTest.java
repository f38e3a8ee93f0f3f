package io.hashslot.command.string;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class IncrbyTest extends CommandTest {
  @Test
  void shouldAdd() {
    run("INCRBY", "k", "40").replies(":40").propagates("INCRBY k 40").fires("new:k", "incrby:k");
    run("INCRBY", "k", "-50").replies(":-10");
    run("INCRBY", "k", "x").replies("-ERR value is not an integer or out of range");
  }

  @Test
  void shouldNotOverflow() {
    run("SET", "k", "-2");
    run("INCRBY", "k", "-9223372036854775807")
        .replies("-ERR increment or decrement would overflow");
  }
}
