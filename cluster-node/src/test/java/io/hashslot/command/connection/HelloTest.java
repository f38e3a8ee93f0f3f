package io.hashslot.command.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandKit;
import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class HelloTest extends CommandTest {
  @Test
  void shouldChangeTheProtocol() {
    assertThat(run("HELLO").reply()).startsWith("*14\r\n$6\r\nserver\r\n$5\r\nredis\r\n");
    assertThat(run("HELLO", "3").reply()).startsWith("%7\r\n").contains("$5\r\nproto\r\n:3\r\n");
    assertThat(run("HELLO", "2").reply()).startsWith("*14\r\n");
    run("HELLO", "4").replies("-NOPROTO unsupported protocol version");
    run("HELLO", "x").replies("-ERR Protocol version is not an integer or out of range");
    run("HELLO", "3", "FOO").replies("-ERR Syntax error in HELLO option 'FOO'");
  }

  @Test
  void shouldLogIn() {
    kit.state().password("secret");
    CommandKit.Client stranger = kit.client();
    stranger.run("HELLO", "3").fails("NOAUTH HELLO must be called with the client already");
    assertThat(stranger.run("HELLO", "3", "AUTH", "default", "secret", "SETNAME", "me").reply())
        .startsWith("%7\r\n");
    stranger.run("HELLO", "3", "SETNAME", "a b").fails("ERR Client names cannot contain spaces");
  }
}
