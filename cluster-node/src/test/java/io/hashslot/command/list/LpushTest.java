package io.hashslot.command.list;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class LpushTest extends CommandTest {
  @Test
  void shouldPutEachElementBeforeTheOneBefore() {
    run("LPUSH", "k", "a", "b").replies(":2").propagates("LPUSH k a b").fires("new:k", "lpush:k");
    run("LPUSH", "k", "c").replies(":3").fires("lpush:k");
    run("LRANGE", "k", "0", "-1").replies("*3", "$1", "c", "$1", "b", "$1", "a");
  }

  @Test
  void shouldKeepNumbersAsTheyAreWritten() {
    run("LPUSH", "k", "-9223372036854775808", "007", "4096", "");
    run("LRANGE", "k", "0", "-1")
        .replies("*4", "$0", "", "$4", "4096", "$3", "007", "$20", "-9223372036854775808");
  }

  @Test
  void shouldRefuseOtherKinds() {
    run("SET", "s", "x");
    run("LPUSH", "s", "a").fails("WRONGTYPE").propagatesNothing().firesNothing();
    run("LPUSH", "s").fails("ERR wrong number of arguments");
  }

  @Test
  void shouldTakeTheFullFormBeforeTheCompactOneBecomesTooLarge() {
    run("LPUSH", "k", "x".repeat(8185));
    run("OBJECT", "ENCODING", "k").repliesBulk("listpack");
    run("LPUSH", "k", "y");
    run("OBJECT", "ENCODING", "k").repliesBulk("quicklist");
    run("LPUSH", "other", "x".repeat(8186));
    run("OBJECT", "ENCODING", "other").repliesBulk("quicklist");
  }
}
