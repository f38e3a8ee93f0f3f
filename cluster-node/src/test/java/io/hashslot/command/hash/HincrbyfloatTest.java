package io.hashslot.command.hash;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class HincrbyfloatTest extends CommandTest {
  @Test
  void shouldAddAndRepeatTheResult() {
    run("HINCRBYFLOAT", "h", "a", "1.5")
        .repliesBulk("1.5")
        .propagates("HSET h a 1.5")
        .fires("new:h", "hincrbyfloat:h");
    run("HINCRBYFLOAT", "h", "a", "0.1").repliesBulk("1.6").propagates("HSET h a 1.6");
    run("HINCRBYFLOAT", "h", "a", "-1.6").repliesBulk("0").fires("hincrbyfloat:h");
  }

  @Test
  void shouldKnowHexadecimalAndExponents() {
    run("HSET", "h", "a", "0x10", "b", "5e3");
    run("HINCRBYFLOAT", "h", "a", "1").repliesBulk("17");
    run("HINCRBYFLOAT", "h", "b", "2.0e2").repliesBulk("5200");
  }

  @Test
  void shouldChangeTheFormWhenTheResultIsLong() {
    run("HINCRBYFLOAT", "h", "a", "1e100");
    run("OBJECT", "ENCODING", "h").repliesBulk("hashtable");
  }

  @Test
  void shouldRefuseWhatIsNoNumber() {
    run("HSET", "h", "a", "x", "b", " 1", "c", "");
    for (String field : new String[] {"a", "b", "c"}) {
      run("HINCRBYFLOAT", "h", field, "1").replies("-ERR hash value is not a float");
    }
    run("HINCRBYFLOAT", "h", "n", "x").replies("-ERR value is not a valid float");
    run("HINCRBYFLOAT", "h", "n", "nan").replies("-ERR value is not a valid float");
  }

  @Test
  void shouldRefuseInfinity() {
    run("HINCRBYFLOAT", "h", "a", "inf").replies("-ERR value is NaN or Infinity");
    run("HSET", "h", "a", "1e4932");
    run("HINCRBYFLOAT", "h", "a", "1e4932")
        .replies("-ERR increment would produce NaN or Infinity")
        .propagatesNothing();
    run("EXISTS", "n").replies(":0");
  }

  @Test
  void shouldRefuseOtherTypes() {
    run("SET", "s", "v");
    run("HINCRBYFLOAT", "s", "a", "1").fails("WRONGTYPE");
    run("HINCRBYFLOAT", "s", "a", "x").replies("-ERR value is not a valid float");
  }
}
