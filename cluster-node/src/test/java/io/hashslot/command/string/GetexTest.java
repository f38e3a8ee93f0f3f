package io.hashslot.command.string;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class GetexTest extends CommandTest {
  @Test
  void shouldOnlyReadWithoutOptions() {
    run("SET", "k", "v", "PX", "5000");
    run("GETEX", "k").repliesBulk("v").propagatesNothing().firesNothing();
    run("PTTL", "k").replies(":5000");
  }

  @Test
  void shouldSetATimeAndRepeatItAsAMoment() {
    run("SET", "k", "v");
    run("GETEX", "k", "EX", "7")
        .repliesBulk("v")
        .propagates("PEXPIREAT k " + inMs(7000))
        .fires("expire:k");
    run("GETEX", "k", "PX", "7").propagates("PEXPIREAT k " + inMs(7));
    run("GETEX", "k", "EXAT", "4102444800").propagates("PEXPIREAT k 4102444800000");
    run("GETEX", "k", "PXAT", "4102444800001").propagates("PEXPIREAT k 4102444800001");
  }

  @Test
  void shouldTakeTheExpiryAway() {
    run("SET", "k", "v", "EX", "7");
    run("GETEX", "k", "PERSIST").repliesBulk("v").propagates("PERSIST k").fires("persist:k");
    run("GETEX", "k", "PERSIST").repliesBulk("v").propagatesNothing().firesNothing();
  }

  @Test
  void shouldDeleteTheKeyWhenTheMomentHasPassed() {
    run("SET", "k", "v");
    run("GETEX", "k", "PXAT", "1").repliesBulk("v").propagates("UNLINK k").fires("del:k");
    run("EXISTS", "k").replies(":0");
  }

  @Test
  void shouldRefuseOptionsThatContradictEachOther() {
    run("SET", "k", "v");
    run("GETEX", "k", "EX", "1", "PX", "1").replies("-ERR syntax error");
    run("GETEX", "k", "EX", "1", "PERSIST").replies("-ERR syntax error");
    run("GETEX", "k", "NX").replies("-ERR syntax error");
    run("GETEX", "k", "EX", "0").replies("-ERR invalid expire time in 'getex' command");
  }
}
