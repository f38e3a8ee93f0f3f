package io.hashslot.command.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandKit.Client;
import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class BrpopTest extends CommandTest {
  @Test
  void shouldTakeTheLastElement() {
    run("RPUSH", "k", "1", "2");
    run("BRPOP", "k", "0").replies("*2", "$1", "k", "$1", "2").propagates("RPOP k").fires("rpop:k");
  }

  @Test
  void shouldWaitForAnElement() {
    Client waiting = kit.client().waits("BRPOP", "k", "0");
    run("RPUSH", "k", "1", "2").propagates("RPUSH k 1 2", "RPOP k");
    assertThat(waiting.received()).isEqualTo("*2\r\n$1\r\nk\r\n$1\r\n2\r\n");
  }
}
