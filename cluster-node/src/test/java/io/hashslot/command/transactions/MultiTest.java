package io.hashslot.command.transactions;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class MultiTest extends CommandTest {
  @Test
  void shouldQueueWhatFollows() {
    run("MULTI").replies("+OK");
    run("SET", "k", "v").replies("+QUEUED").propagatesNothing().firesNothing();
    run("EXEC").replies("*1", "+OK");
  }

  @Test
  void shouldNotNest() {
    run("MULTI");
    run("MULTI").replies("-ERR Command not allowed inside a transaction");
    run("EXEC").fails("EXECABORT");
  }
}
