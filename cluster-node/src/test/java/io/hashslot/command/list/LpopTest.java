package io.hashslot.command.list;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class LpopTest extends CommandTest {
  @Test
  void shouldTakeOneElement() {
    run("RPUSH", "k", "a", "b", "c", "d");
    run("LPOP", "k").repliesBulk("a").propagates("LPOP k").fires("lpop:k");
    run("LLEN", "k").replies(":3");
  }

  @Test
  void shouldTakeSeveralInAnArray() {
    run("RPUSH", "k", "a", "b", "c", "d");
    run("LPOP", "k", "2")
        .replies("*2", "$1", "a", "$1", "b")
        .propagates("LPOP k 2")
        .fires("lpop:k");
    run("LPOP", "k", "0").replies("*0").propagatesNothing().firesNothing();
    run("LPOP", "k", "10").replies("*2", "$1", "c", "$1", "d").fires("lpop:k", "del:k");
    run("EXISTS", "k").replies(":0");
  }

  @Test
  void shouldDeleteTheListWithItsLastElement() {
    run("RPUSH", "k", "a");
    run("LPOP", "k").repliesBulk("a").propagates("LPOP k").fires("lpop:k", "del:k");
    run("EXISTS", "k").replies(":0");
  }

  @Test
  void shouldFindNothingInAMissingList() {
    run("LPOP", "k").replies("$-1").propagatesNothing();
    run("LPOP", "k", "2").replies("*-1");
    run("HELLO", "3");
    run("LPOP", "k").replies("_");
    run("LPOP", "k", "2").replies("_");
  }

  @Test
  void shouldRefuseCountsThatAreNone() {
    run("LPOP", "k", "-1").replies("-ERR value is out of range, must be positive");
    run("LPOP", "k", "x").replies("-ERR value is out of range, must be positive");
    run("LPOP", "k", "1", "2").replies("-ERR wrong number of arguments for 'lpop' command");
    run("SET", "s", "x");
    run("LPOP", "s").fails("WRONGTYPE");
    run("LPOP", "s", "0").fails("WRONGTYPE");
  }

  @Test
  void shouldReturnToTheCompactFormWhenLittleIsLeft() {
    for (int i = 0; i < 200; i++) {
      run("RPUSH", "k", "x".repeat(100));
    }
    run("OBJECT", "ENCODING", "k").repliesBulk("quicklist");
    run("LPOP", "k", "120");
    run("OBJECT", "ENCODING", "k").repliesBulk("quicklist");
    run("LPOP", "k", "45");
    run("OBJECT", "ENCODING", "k").repliesBulk("listpack");
    run("LLEN", "k").replies(":35");
  }
}
