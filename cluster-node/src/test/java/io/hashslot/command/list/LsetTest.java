package io.hashslot.command.list;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class LsetTest extends CommandTest {
  @Test
  void shouldReplaceAnElement() {
    run("RPUSH", "k", "a", "b", "c");
    run("LSET", "k", "-1", "z").replies("+OK").propagates("LSET k -1 z").fires("lset:k");
    run("LSET", "k", "0", "12").replies("+OK");
    run("LSET", "k", "9223372036854775807", "z").replies("+OK").propagates("LSET k -1 z");
    run("LRANGE", "k", "0", "-1").replies("*3", "$2", "12", "$1", "b", "$1", "z");
  }

  @Test
  void shouldRefuseWhatIsNotThere() {
    run("LSET", "k", "x", "a").replies("-ERR no such key");
    run("RPUSH", "k", "a");
    run("LSET", "k", "1", "b").replies("-ERR index out of range").propagatesNothing();
    run("LSET", "k", "-2", "b").replies("-ERR index out of range");
    run("LSET", "k", "x", "b").replies("-ERR value is not an integer or out of range");
  }

  @Test
  void shouldChangeTheFormWithTheSizeOfTheElement() {
    run("RPUSH", "k", "a", "b", "c");
    run("LSET", "k", "1", "x".repeat(10_000));
    run("OBJECT", "ENCODING", "k").repliesBulk("quicklist");
    run("LINDEX", "k", "1").repliesBulk("x".repeat(10_000));
    run("LSET", "k", "1", "small");
    run("LRANGE", "k", "0", "-1").replies("*3", "$1", "a", "$5", "small", "$1", "c");
  }
}
