package io.hashslot.command.scripting;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class FunctionDeleteTest extends CommandTest {
  @Test
  void shouldForgetOneLibrary() {
    run("FUNCTION", "RESTORE", Payloads.MINE);
    run("FUNCTION", "DELETE", "mine").replies("+OK").propagates("FUNCTION DELETE mine");
    run("FUNCTION", "DELETE", "mine").replies("-ERR Library not found").propagatesNothing();
    run("FUNCTION", "DUMP").repliesBulk(Payloads.NONE);
  }
}
