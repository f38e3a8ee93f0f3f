package io.hashslot.command.list;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class RpopTest extends CommandTest {
  @Test
  void shouldTakeOneElement() {
    run("RPUSH", "k", "a", "b", "c", "d");
    run("RPOP", "k").repliesBulk("d").propagates("RPOP k").fires("rpop:k");
    run("LLEN", "k").replies(":3");
  }

  @Test
  void shouldTakeSeveralInAnArray() {
    run("RPUSH", "k", "a", "b", "c", "d");
    run("RPOP", "k", "2")
        .replies("*2", "$1", "d", "$1", "c")
        .propagates("RPOP k 2")
        .fires("rpop:k");
    run("RPOP", "k", "0").replies("*0").propagatesNothing().firesNothing();
    run("RPOP", "k", "10").replies("*2", "$1", "b", "$1", "a").fires("rpop:k", "del:k");
    run("EXISTS", "k").replies(":0");
  }

  @Test
  void shouldDeleteTheListWithItsLastElement() {
    run("RPUSH", "k", "a");
    run("RPOP", "k").repliesBulk("a").propagates("RPOP k").fires("rpop:k", "del:k");
    run("EXISTS", "k").replies(":0");
  }

  @Test
  void shouldFindNothingInAMissingList() {
    run("RPOP", "k").replies("$-1").propagatesNothing();
    run("RPOP", "k", "2").replies("*-1");
    run("HELLO", "3");
    run("RPOP", "k").replies("_");
    run("RPOP", "k", "2").replies("_");
  }

  @Test
  void shouldRefuseCountsThatAreNone() {
    run("RPOP", "k", "-1").replies("-ERR value is out of range, must be positive");
    run("RPOP", "k", "x").replies("-ERR value is out of range, must be positive");
    run("RPOP", "k", "1", "2").replies("-ERR wrong number of arguments for 'rpop' command");
    run("SET", "s", "x");
    run("RPOP", "s").fails("WRONGTYPE");
    run("RPOP", "s", "0").fails("WRONGTYPE");
  }

  @Test
  void shouldReturnToTheCompactFormWhenLittleIsLeft() {
    for (int i = 0; i < 200; i++) {
      run("RPUSH", "k", "x".repeat(100));
    }
    run("OBJECT", "ENCODING", "k").repliesBulk("quicklist");
    run("RPOP", "k", "120");
    run("OBJECT", "ENCODING", "k").repliesBulk("quicklist");
    run("RPOP", "k", "45");
    run("OBJECT", "ENCODING", "k").repliesBulk("listpack");
    run("LLEN", "k").replies(":35");
  }
}
