package io.hashslot.command.string;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class IncrTest extends CommandTest {
  @Test
  void shouldCountUpFromZero() {
    run("INCR", "k").replies(":1").propagates("INCR k").fires("new:k", "incrby:k");
    run("INCR", "k").replies(":2").fires("incrby:k");
    run("OBJECT", "ENCODING", "k").repliesBulk("int");
  }

  @Test
  void shouldKeepTheExpiry() {
    run("SET", "k", "1", "EX", "10");
    run("INCR", "k");
    run("TTL", "k").replies(":10");
  }

  @Test
  void shouldRefuseWhatIsNoNumber() {
    for (String text :
        new String[] {"", "a", " 1", "1 ", "01", "+1", "1.0", "9223372036854775808"}) {
      run("SET", "k", text);
      run("INCR", "k").replies("-ERR value is not an integer or out of range");
    }
  }

  @Test
  void shouldNotPassTheGreatestNumber() {
    run("SET", "k", "9223372036854775807");
    run("INCR", "k").replies("-ERR increment or decrement would overflow").propagatesNothing();
    run("GET", "k").repliesBulk("9223372036854775807");
  }
}
