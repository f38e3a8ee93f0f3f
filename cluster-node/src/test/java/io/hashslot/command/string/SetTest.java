package io.hashslot.command.string;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class SetTest extends CommandTest {
  @Test
  void shouldSetAndReplace() {
    run("SET", "k", "v").replies("+OK").propagates("SET k v").fires("new:k", "set:k");
    run("SET", "k", "w").replies("+OK").fires("set:k");
    run("GET", "k").repliesBulk("w");
  }

  @Test
  void shouldTakeTheExpiryAwayUnlessToldToKeepIt() {
    run("SET", "k", "v", "EX", "10");
    run("SET", "k", "w", "KEEPTTL").propagates("SET k w KEEPTTL");
    run("TTL", "k").replies(":10");
    run("SET", "k", "x");
    run("TTL", "k").replies(":-1");
  }

  @Test
  void shouldRepeatTimesAsMoments() {
    run("SET", "k", "v", "EX", "10")
        .propagates("SET k v PXAT " + inMs(10_000))
        .fires("new:k", "set:k", "expire:k");
    run("SET", "k", "v", "PX", "10", "XX").propagates("SET k v PXAT " + inMs(10));
    run("SET", "k", "v", "EXAT", "4102444800").propagates("SET k v PXAT 4102444800000");
  }

  @Test
  void shouldDeleteTheKeyWhenTheMomentHasPassed() {
    run("SET", "k", "v", "PXAT", "1").replies("+OK").propagatesNothing().firesNothing();
    run("SET", "k", "v");
    run("SET", "k", "w", "PXAT", "1").replies("+OK").propagates("UNLINK k").fires("del:k");
    run("EXISTS", "k").replies(":0");
  }

  @Test
  void shouldObeyItsConditions() {
    run("SET", "k", "v", "XX").replies("$-1").propagatesNothing();
    run("SET", "k", "v", "NX").replies("+OK").propagates("SET k v NX");
    run("SET", "k", "w", "NX").replies("$-1").propagatesNothing().firesNothing();
    run("SET", "k", "w", "XX").replies("+OK");
    run("SET", "k", "w", "NX", "XX").replies("-ERR syntax error");
  }

  @Test
  void shouldReturnTheOldValue() {
    run("SET", "k", "v", "GET").replies("$-1").fires("keymiss:k", "new:k", "set:k");
    run("SET", "k", "w", "XX", "GET", "KEEPTTL").repliesBulk("v").propagates("SET k w XX KEEPTTL");
    run("SET", "k", "x", "NX", "GET").repliesBulk("w").propagatesNothing();
    run("GET", "k").repliesBulk("w");
  }

  @Test
  void shouldLetTheLastOfEqualTimeOptionsCount() {
    run("SET", "k", "v", "EX", "x", "EX", "20").replies("+OK");
    run("TTL", "k").replies(":20");
    run("SET", "k", "v", "EX", "10", "PX", "20").replies("-ERR syntax error");
    run("SET", "k", "v", "KEEPTTL", "PX", "20").replies("-ERR syntax error");
  }

  @Test
  void shouldRepeatTheDeletionOfAnExpiredKeyInFrontOfTheWrite() {
    run("SET", "k", "v", "PX", "10");
    passMs(11);
    run("SET", "k", "w")
        .propagates("MULTI", "UNLINK k", "SET k w", "EXEC")
        .fires("expired:k", "new:k", "set:k");
  }
}
