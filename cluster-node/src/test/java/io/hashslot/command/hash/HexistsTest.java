package io.hashslot.command.hash;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class HexistsTest extends CommandTest {
  @Test
  void shouldTellWhetherAFieldIsThere() {
    run("HSET", "h", "a", "1");
    run("HEXISTS", "h", "a").replies(":1");
    run("HEXISTS", "h", "1").replies(":0");
    run("HEXISTS", "n", "a").replies(":0");
  }

  @Test
  void shouldRefuseOtherTypes() {
    run("SET", "s", "v");
    run("HEXISTS", "s", "a").fails("WRONGTYPE");
  }
}
