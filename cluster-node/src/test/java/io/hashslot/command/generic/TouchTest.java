package io.hashslot.command.generic;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class TouchTest extends CommandTest {
  @Test
  void shouldCountAndUseTheKeys() {
    run("MSET", "a", "1", "b", "2");
    passMs(5000);
    run("TOUCH", "a", "x", "b").replies(":2").propagatesNothing();
    run("OBJECT", "IDLETIME", "a").replies(":0");
  }
}
