package io.hashslot.command.bitmap;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class SetbitTest extends CommandTest {
  @Test
  void shouldSetABitAndTellWhatItWas() {
    run("SETBIT", "k", "7", "1")
        .replies(":0")
        .propagates("SETBIT k 7 1")
        .fires("new:k", "setbit:k");
    run("GET", "k").repliesBulk("\1");
    run("SETBIT", "k", "7", "0").replies(":1").fires("setbit:k");
    run("SETBIT", "k", "17", "1").replies(":0");
    run("GET", "k").repliesBulk("\0\0@");
  }

  @Test
  void shouldChangeNothingWhereTheBitIsRightAlready() {
    run("SETBIT", "k", "7", "1");
    run("SETBIT", "k", "7", "1").replies(":1").propagatesNothing().firesNothing();
    run("SETBIT", "k", "15", "0").replies(":0").propagates("SETBIT k 15 0");
  }

  @Test
  void shouldRefusePlacesAndBitsOutOfRange() {
    run("SETBIT", "k", "-1", "1").replies("-ERR bit offset is not an integer or out of range");
    run("SETBIT", "k", "8388608", "1").replies("-ERR bit offset is not an integer or out of range");
    run("SETBIT", "k", "1", "2").replies("-ERR bit is not an integer or out of range");
    run("EXISTS", "k").replies(":0");
  }
}
