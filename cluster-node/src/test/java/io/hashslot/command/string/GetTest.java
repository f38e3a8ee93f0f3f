package io.hashslot.command.string;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class GetTest extends CommandTest {
  @Test
  void shouldReturnTheValue() {
    run("SET", "k", "v");
    run("GET", "k").repliesBulk("v").propagatesNothing().firesNothing();
  }

  @Test
  void shouldSayNothingOfAMissingKey() {
    run("GET", "k").replies("$-1").fires("keymiss:k");
    client.resp3();
    run("GET", "k").replies("_");
  }

  @Test
  void shouldDeleteAKeyWhoseTimeHasCome() {
    run("SET", "k", "v", "PX", "10");
    passMs(10);
    run("GET", "k").repliesBulk("v");
    passMs(1);
    run("GET", "k").replies("$-1").propagates("UNLINK k").fires("expired:k", "keymiss:k");
  }
}
