package io.hashslot.command.transactions;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ExecTest extends CommandTest {
  @Test
  void shouldRunAllAsOne() {
    run("MULTI");
    run("SET", "a", "1");
    run("INCR", "a");
    run("GET", "a");
    run("EXEC")
        .replies("*3", "+OK", ":2", "$1", "2")
        .propagates("MULTI", "SET a 1", "INCR a", "EXEC")
        .fires("new:a", "set:a", "incrby:a");
  }

  @Test
  void shouldSendOneWriteWithoutMulti() {
    run("MULTI");
    run("GET", "a");
    run("SET", "a", "1");
    run("EXEC").propagates("SET a 1");
  }

  @Test
  void shouldGoOnAfterAnErrorAtRunTime() {
    run("SET", "a", "text");
    run("MULTI");
    run("INCR", "a");
    run("SET", "b", "1");
    run("EXEC").replies("*2", "-ERR value is not an integer or out of range", "+OK");
  }

  @Test
  void shouldRefuseAfterAnErrorWhileQueueing() {
    run("MULTI");
    run("NOSUCH").fails("ERR unknown command");
    run("SET", "a", "1").replies("+QUEUED");
    run("EXEC").replies("-EXECABORT Transaction discarded because of previous errors.");
    run("GET", "a").replies("$-1");
    run("EXEC").replies("-ERR EXEC without MULTI");
  }

  @Test
  void shouldAnswerNothingForNothing() {
    run("MULTI");
    run("EXEC").replies("*0").propagatesNothing();
  }

  @Test
  void shouldSelectWithinATransaction() {
    run("MULTI");
    run("SELECT", "3");
    run("SET", "a", "1");
    run("EXEC").replies("*2", "+OK", "+OK").fires("new:a@3", "set:a@3");
    run("GET", "a").repliesBulk("1");
  }

  @Test
  void shouldBeRefusedWholeByAReplica() {
    run("MULTI");
    run("SET", "a", "1");
    kit.state().replica(true);
    run("EXEC").fails("EXECABORT Transaction discarded because of: READONLY");
    run("EXEC").replies("-ERR EXEC without MULTI");
  }
}
