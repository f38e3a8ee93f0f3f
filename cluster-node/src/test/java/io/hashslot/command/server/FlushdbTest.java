package io.hashslot.command.server;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class FlushdbTest extends CommandTest {
  @Test
  void shouldEmptyTheSelectedDatabase() {
    run("SET", "a", "1");
    run("COPY", "a", "a", "DB", "3");
    run("FLUSHDB", "ASYNC").replies("+OK").propagates("FLUSHDB ASYNC");
    run("DBSIZE").replies(":0");
    run("SELECT", "3");
    run("DBSIZE").replies(":1");
  }
}
