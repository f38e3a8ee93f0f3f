package io.hashslot.command.hash;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class HincrbyTest extends CommandTest {
  @Test
  void shouldAddToTheValue() {
    run("HINCRBY", "h", "a", "5")
        .replies(":5")
        .propagates("HINCRBY h a 5")
        .fires("new:h", "hincrby:h");
    run("HINCRBY", "h", "a", "-7").replies(":-2").fires("hincrby:h");
    run("HGET", "h", "a").repliesBulk("-2");
    run("HINCRBY", "h", "b", "0").replies(":0").fires("hincrby:h");
  }

  @Test
  void shouldAddInLargeHashesToo() {
    run("HSET", "h", "long", "x".repeat(65), "a", "1");
    run("HINCRBY", "h", "a", "1000000").replies(":1000001");
    run("HINCRBY", "h", "b", "-1").replies(":-1");
    run("HGET", "h", "a").repliesBulk("1000001");
  }

  @Test
  void shouldRefuseWhatIsNoNumberOrTooLarge() {
    run("HSET", "h", "a", "x", "b", "007", "c", "1.0", "d", " 1", "m", "9223372036854775807");
    for (String field : new String[] {"a", "b", "c", "d"}) {
      run("HINCRBY", "h", field, "1").replies("-ERR hash value is not an integer");
    }
    run("HINCRBY", "h", "m", "1").replies("-ERR increment or decrement would overflow");
    run("HINCRBY", "h", "m", "x").replies("-ERR value is not an integer or out of range");
    run("HINCRBY", "h", "n", "-9223372036854775808").replies(":-9223372036854775808");
    run("HINCRBY", "h", "n", "-1")
        .replies("-ERR increment or decrement would overflow")
        .propagatesNothing();
  }

  @Test
  void shouldLookAtTheAmountBeforeTheType() {
    run("SET", "s", "v");
    run("HINCRBY", "s", "a", "x").replies("-ERR value is not an integer or out of range");
    run("HINCRBY", "s", "a", "1").fails("WRONGTYPE");
  }
}
