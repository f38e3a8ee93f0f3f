package io.hashslot.command.generic;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class RestoreAskingTest extends CommandTest {
  @Test
  void shouldRestoreAsRestoreDoes() {
    run("RESTORE-ASKING", "k", "0", "\0\5hello\n\0cr\u00dfve4 \n").replies("+OK");
    run("GET", "k").repliesBulk("hello");
  }
}
