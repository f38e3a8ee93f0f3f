package io.hashslot.command.generic;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class RandomkeyTest extends CommandTest {
  @Test
  void shouldGiveAKeyThatIsThere() {
    run("RANDOMKEY").replies("$-1");
    run("SET", "k", "v");
    run("RANDOMKEY").repliesBulk("k").propagatesNothing();
    run("PEXPIRE", "k", "5");
    passMs(6);
    run("RANDOMKEY").replies("$-1").propagates("UNLINK k").fires("expired:k");
  }
}
