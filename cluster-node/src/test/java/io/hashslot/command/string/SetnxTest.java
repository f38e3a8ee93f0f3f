package io.hashslot.command.string;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class SetnxTest extends CommandTest {
  @Test
  void shouldSetOnlyWhatIsMissing() {
    run("SETNX", "k", "v").replies(":1").propagates("SETNX k v").fires("new:k", "set:k");
    run("SETNX", "k", "w").replies(":0").propagatesNothing().firesNothing();
  }
}
