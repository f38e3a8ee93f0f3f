package io.hashslot.command.generic;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class KeysTest extends CommandTest {
  @Test
  void shouldListWhatMatches() {
    run("MSET", "one", "1", "two", "2", "three", "3");
    run("KEYS", "t*o").replies("*1", "$3", "two").propagatesNothing();
    run("KEYS", "x*").replies("*0");
    assertThat(run("KEYS", "*").reply()).startsWith("*3\r\n").contains("one", "two", "three");
  }

  @Test
  void shouldNotListWhatHasExpired() {
    run("SET", "k", "v", "PX", "1");
    passMs(2);
    run("KEYS", "*").replies("*0").propagates("UNLINK k").fires("expired:k");
  }
}
