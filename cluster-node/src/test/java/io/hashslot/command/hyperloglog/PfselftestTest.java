package io.hashslot.command.hyperloglog;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class PfselftestTest extends CommandTest {
  @Test
  void shouldFindNothingWrong() {
    run("PFSELFTEST").replies("+OK").propagatesNothing();
  }
}
