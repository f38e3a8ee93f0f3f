package io.hashslot.command.hash;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class HsetnxTest extends CommandTest {
  @Test
  void shouldSetOnlyWhatIsMissing() {
    run("HSETNX", "h", "a", "1").replies(":1").propagates("HSETNX h a 1").fires("new:h", "hset:h");
    run("HSETNX", "h", "a", "2").replies(":0").propagatesNothing().firesNothing();
    run("HSETNX", "h", "b", "3").replies(":1").fires("hset:h");
    run("HGET", "h", "a").repliesBulk("1");
  }

  @Test
  void shouldRefuseOtherTypes() {
    run("SET", "s", "v");
    run("HSETNX", "s", "a", "1").fails("WRONGTYPE");
  }
}
