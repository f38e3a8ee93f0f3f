package io.hashslot.command.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ClientKillTest extends CommandTest {
  @Test
  void shouldCountWhomItCloses() {
    kit.client();
    kit.client().run("SUBSCRIBE", "x");
    run("CLIENT", "KILL", "ID", "2").replies(":1");
    run("CLIENT", "KILL", "ID", "9").replies(":0");
    run("CLIENT", "KILL", "TYPE", "pubsub").replies(":1");
    run("CLIENT", "KILL", "TYPE", "pubsub", "ID", "2").replies(":0");
  }

  @Test
  void shouldSpareTheClientThatAsksUnlessTold() {
    run("CLIENT", "KILL", "ID", "1").replies(":0");
    assertThat(client.session().closing()).isFalse();
    run("CLIENT", "KILL", "ID", "1", "SKIPME", "no").replies(":1");
    assertThat(client.session().closing()).isTrue();
  }

  @Test
  void shouldCloseOnlyClientsThatAreOldEnough() {
    passMs(10_000);
    kit.client();
    run("CLIENT", "KILL", "MAXAGE", "10", "SKIPME", "no").replies(":1");
    run("CLIENT", "KILL", "MAXAGE", "11", "SKIPME", "no").replies(":0");
  }
}
