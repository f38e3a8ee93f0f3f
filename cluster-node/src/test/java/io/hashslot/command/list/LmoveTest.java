package io.hashslot.command.list;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class LmoveTest extends CommandTest {
  @Test
  void shouldMoveBetweenEnds() {
    run("RPUSH", "{t}a", "1", "2", "3");
    run("LMOVE", "{t}a", "{t}b", "LEFT", "right")
        .repliesBulk("1")
        .propagates("LMOVE {t}a {t}b LEFT right")
        .fires("new:{t}b", "rpush:{t}b", "lpop:{t}a");
    run("LMOVE", "{t}a", "{t}b", "RIGHT", "LEFT").repliesBulk("3");
    run("LRANGE", "{t}b", "0", "-1").replies("*2", "$1", "3", "$1", "1");
    run("LMOVE", "{t}a", "{t}b", "LEFT", "LEFT")
        .repliesBulk("2")
        .fires("lpush:{t}b", "lpop:{t}a", "del:{t}a");
    run("LMOVE", "{t}a", "{t}b", "LEFT", "LEFT").replies("$-1").propagatesNothing();
  }

  @Test
  void shouldRotateAList() {
    run("RPUSH", "k", "1", "2", "3");
    run("LMOVE", "k", "k", "LEFT", "RIGHT").repliesBulk("1").fires("rpush:k", "lpop:k");
    run("LMOVE", "k", "k", "RIGHT", "RIGHT").repliesBulk("1");
    run("LRANGE", "k", "0", "-1").replies("*3", "$1", "2", "$1", "3", "$1", "1");
    run("RPUSH", "one", "x");
    run("LMOVE", "one", "one", "LEFT", "RIGHT").repliesBulk("x");
    run("LLEN", "one").replies(":1");
  }

  @Test
  void shouldRefuseOtherKindsAndSides() {
    run("RPUSH", "a", "1");
    run("SET", "s", "x");
    run("LMOVE", "a", "s", "LEFT", "LEFT").fails("WRONGTYPE").firesNothing();
    run("LLEN", "a").replies(":1");
    run("LMOVE", "missing", "s", "LEFT", "LEFT").replies("$-1");
    run("LMOVE", "a", "s", "UP", "LEFT").replies("-ERR syntax error");
  }
}
