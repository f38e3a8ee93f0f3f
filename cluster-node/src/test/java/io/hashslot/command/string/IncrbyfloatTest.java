package io.hashslot.command.string;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class IncrbyfloatTest extends CommandTest {
  @Test
  void shouldAddAndRepeatTheResult() {
    run("INCRBYFLOAT", "k", "1.5")
        .repliesBulk("1.5")
        .propagates("SET k 1.5 KEEPTTL")
        .fires("new:k", "incrbyfloat:k");
    run("INCRBYFLOAT", "k", "-0.5").repliesBulk("1");
    run("OBJECT", "ENCODING", "k").repliesBulk("embstr");
  }

  @Test
  void shouldCalculateWithSixtyFourBitsOfMantissa() {
    run("SET", "k", "10.50");
    run("INCRBYFLOAT", "k", "0.1").repliesBulk("10.6");
    run("SET", "k", "5.0e3");
    run("INCRBYFLOAT", "k", "2.0e2").repliesBulk("5200");
    run("SET", "k", "3");
    run("INCRBYFLOAT", "k", "1.000000000000000005").repliesBulk("4.00000000000000001");
  }

  @Test
  void shouldRefuseWhatIsNoNumber() {
    run("SET", "k", "a");
    run("INCRBYFLOAT", "k", "1").replies("-ERR value is not a valid float");
    run("INCRBYFLOAT", "n", " 1").replies("-ERR value is not a valid float");
    run("INCRBYFLOAT", "n", "nan").replies("-ERR value is not a valid float");
  }

  @Test
  void shouldRefuseAnInfiniteResult() {
    run("INCRBYFLOAT", "k", "inf").replies("-ERR increment would produce NaN or Infinity");
    run("SET", "k", "1e4932");
    run("INCRBYFLOAT", "k", "1e4932").replies("-ERR increment would produce NaN or Infinity");
  }
}
