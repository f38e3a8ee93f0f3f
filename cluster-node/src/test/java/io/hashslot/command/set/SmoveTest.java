package io.hashslot.command.set;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class SmoveTest extends CommandTest {
  @Test
  void shouldMoveAMember() {
    run("SADD", "a", "x", "y");
    run("SMOVE", "a", "b", "x")
        .replies(":1")
        .propagates("SMOVE a b x")
        .fires("srem:a", "new:b", "sadd:b");
    run("SMOVE", "a", "b", "y").replies(":1").fires("srem:a", "del:a", "sadd:b");
    run("EXISTS", "a").replies(":0");
    run("SMEMBERS", "b").replies("*2", "$1", "x", "$1", "y");
  }

  @Test
  void shouldOnlyRemoveWhatIsThereAlready() {
    run("SADD", "a", "x", "y");
    run("SADD", "b", "x");
    run("SMOVE", "a", "b", "x").replies(":1").fires("srem:a");
    run("SCARD", "b").replies(":1");
  }

  @Test
  void shouldChangeNothingIfThereIsNothingToMove() {
    run("SMOVE", "a", "b", "x").replies(":0").propagatesNothing();
    run("SADD", "a", "y");
    run("SMOVE", "a", "b", "x").replies(":0").propagatesNothing().firesNothing();
    run("SMOVE", "a", "a", "y").replies(":1").propagatesNothing().firesNothing();
    run("SMOVE", "a", "a", "x").replies(":0");
  }

  @Test
  void shouldRefuseOtherTypesAndLoseNothing() {
    run("SET", "k", "v");
    run("SMOVE", "none", "k", "x").replies(":0");
    run("SMOVE", "k", "a", "x").fails("WRONGTYPE");
    run("SADD", "a", "x");
    run("SMOVE", "a", "k", "x").fails("WRONGTYPE").propagatesNothing();
    run("SISMEMBER", "a", "x").replies(":1");
  }
}
