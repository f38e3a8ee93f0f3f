package io.hashslot.command.bitmap;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class BitfieldTest extends CommandTest {
  @Test
  void shouldCountInNumbersOfAnyWidth() {
    run("BITFIELD", "k", "INCRBY", "i5", "100", "1", "GET", "u4", "0")
        .replies("*2", ":1", ":0")
        .propagates("BITFIELD k INCRBY i5 100 1 GET u4 0")
        .fires("new:k", "setbit:k");
    run("BITFIELD", "k", "SET", "u8", "#1", "255", "GET", "i8", "#1").replies("*2", ":0", ":-1");
  }

  @Test
  void shouldFollowTheRuleForNumbersThatDoNotFit() {
    run("BITFIELD", "k", "SET", "u2", "0", "3", "SET", "i2", "2", "1");
    run("BITFIELD", "k", "INCRBY", "u2", "0", "1").replies("*1", ":0");
    run("BITFIELD", "k", "OVERFLOW", "SAT", "INCRBY", "u2", "0", "100").replies("*1", ":3");
    run("BITFIELD", "k", "OVERFLOW", "FAIL", "INCRBY", "u2", "0", "1")
        .replies("*1", "$-1")
        .propagatesNothing()
        .firesNothing();
    run("BITFIELD", "k", "INCRBY", "i2", "2", "1").replies("*1", ":-2");
    run("BITFIELD", "k", "OVERFLOW", "SAT", "INCRBY", "i2", "2", "-1").replies("*1", ":-2");
  }

  @Test
  void shouldReadWithoutMakingTheKey() {
    run("BITFIELD", "k", "GET", "u8", "1000").replies("*1", ":0").propagatesNothing();
    run("EXISTS", "k").replies(":0");
    run("BITFIELD_RO", "k", "SET", "u8", "0", "1")
        .replies("-ERR BITFIELD_RO only supports the GET subcommand");
  }
}
