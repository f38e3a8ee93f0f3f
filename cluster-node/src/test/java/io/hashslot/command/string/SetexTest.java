package io.hashslot.command.string;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class SetexTest extends CommandTest {
  @Test
  void shouldSetAValueForAWhile() {
    run("SETEX", "k", "15", "v")
        .replies("+OK")
        .propagates("SET k v PXAT " + inMs(15_000))
        .fires("new:k", "set:k", "expire:k");
    run("TTL", "k").replies(":15");
  }

  @Test
  void shouldRefuseTimesThatAreNone() {
    run("SETEX", "k", "-1", "v").replies("-ERR invalid expire time in 'setex' command");
    run("SETEX", "k", "9223372036854776", "v")
        .replies("-ERR invalid expire time in 'setex' command");
  }
}
