package io.hashslot.command.generic;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class DelTest extends CommandTest {
  @Test
  void shouldDeleteWhatIsThereAndCountIt() {
    run("MSET", "a", "1", "b", "2");
    run("DEL", "a", "x", "b", "a").replies(":2").propagates("DEL a x b a").fires("del:a", "del:b");
    run("DEL", "a").replies(":0").propagatesNothing();
  }
}
