package io.hashslot.command.scripting;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class FunctionFlushTest extends CommandTest {
  @Test
  void shouldForgetAllLibraries() {
    run("FUNCTION", "RESTORE", Payloads.MINE);
    run("FUNCTION", "FLUSH", "x").fails("ERR FUNCTION FLUSH only supports SYNC|ASYNC option");
    run("FUNCTION", "DUMP").repliesBulk(Payloads.MINE);
    run("FUNCTION", "FLUSH", "ASYNC").replies("+OK").propagates("FUNCTION FLUSH ASYNC");
    run("FUNCTION", "DUMP").repliesBulk(Payloads.NONE);
  }

  @Test
  void shouldBeOutOfReachOfFlushall() {
    run("FUNCTION", "RESTORE", Payloads.MINE);
    run("FLUSHALL");
    run("FUNCTION", "DUMP").repliesBulk(Payloads.MINE);
  }
}
