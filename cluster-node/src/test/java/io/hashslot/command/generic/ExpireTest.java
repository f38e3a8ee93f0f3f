package io.hashslot.command.generic;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ExpireTest extends CommandTest {
  @Test
  void shouldSetATimeAndRepeatItAsAMoment() {
    run("SET", "k", "v");
    run("EXPIRE", "k", "10")
        .replies(":1")
        .propagates("PEXPIREAT k " + inMs(10_000))
        .fires("expire:k");
    run("EXPIRE", "missing", "10").replies(":0").propagatesNothing();
    passMs(10_001);
    run("EXISTS", "k").replies(":0").propagates("UNLINK k").fires("expired:k", "keymiss:k");
  }

  @Test
  void shouldDeleteAtOnceWhatHasPassed() {
    run("SET", "k", "v");
    run("EXPIRE", "k", "-1").replies(":1").propagates("UNLINK k").fires("del:k");
    run("EXISTS", "k").replies(":0");
  }

  @Test
  void shouldObeyItsConditions() {
    run("SET", "k", "v");
    run("EXPIRE", "k", "10", "XX").replies(":0").propagatesNothing();
    run("EXPIRE", "k", "10", "GT").replies(":0");
    run("EXPIRE", "k", "10", "NX").replies(":1").propagates("PEXPIREAT k " + inMs(10_000) + " NX");
    run("EXPIRE", "k", "20", "NX").replies(":0");
    run("EXPIRE", "k", "5", "GT").replies(":0");
    run("EXPIRE", "k", "20", "GT").replies(":1");
    run("EXPIRE", "k", "30", "LT").replies(":0");
    run("EXPIRE", "k", "10", "XX", "LT").replies(":1");
    run("TTL", "k").replies(":10");
  }

  @Test
  void shouldRefuseConditionsThatContradictEachOther() {
    run("EXPIRE", "k", "10", "NX", "GT")
        .replies("-ERR NX and XX, GT or LT options at the same time are not compatible");
    run("EXPIRE", "k", "10", "GT", "LT")
        .replies("-ERR GT and LT options at the same time are not compatible");
    run("EXPIRE", "k", "10", "AB").replies("-ERR Unsupported option AB");
    run("EXPIRE", "k", "9223372036854775807")
        .replies("-ERR invalid expire time in 'expire' command");
  }

  @Test
  void shouldLeaveDeletionsToThePrimaryInItsOwnStream() {
    run("SET", "k", "v");
    client.asPrimary();
    run("EXPIRE", "k", "-1");
    kit.client().run("SET", "other", "v");
    assertThat(kit.keyspace().size(0)).isEqualTo(2);
  }
}
