package io.hashslot.command.generic;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class DumpTest extends CommandTest {
  @Test
  void shouldGiveWhatRestoreTakes() {
    run("SET", "k", "hello");
    String payload = "\0\5hello\n\0cr\u00dfve4 \n";
    run("DUMP", "k").repliesBulk(payload).propagatesNothing();
    run("RESTORE", "copy", "0", payload).replies("+OK");
    run("GET", "copy").repliesBulk("hello");
    run("DUMP", "missing").replies("$-1");
  }
}
