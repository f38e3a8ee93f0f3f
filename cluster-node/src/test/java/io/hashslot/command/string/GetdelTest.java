package io.hashslot.command.string;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class GetdelTest extends CommandTest {
  @Test
  void shouldReturnTheValueAndDeleteTheKey() {
    run("SET", "k", "v");
    run("GETDEL", "k").repliesBulk("v").propagates("DEL k").fires("del:k");
    run("GETDEL", "k").replies("$-1").propagatesNothing().fires("keymiss:k");
  }
}
