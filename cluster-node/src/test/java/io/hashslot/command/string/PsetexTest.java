package io.hashslot.command.string;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class PsetexTest extends CommandTest {
  @Test
  void shouldSetAValueForAWhile() {
    run("PSETEX", "k", "1500", "v")
        .replies("+OK")
        .propagates("SET k v PXAT " + inMs(1500))
        .fires("new:k", "set:k", "expire:k");
    run("PTTL", "k").replies(":1500");
  }

  @Test
  void shouldRefuseTimesThatAreNone() {
    run("PSETEX", "k", "0", "v").replies("-ERR invalid expire time in 'psetex' command");
    run("PSETEX", "k", "9223372036854775807", "v")
        .replies("-ERR invalid expire time in 'psetex' command");
    run("PSETEX", "k", "a", "v").replies("-ERR value is not an integer or out of range");
  }
}
