package io.hashslot.command.connection;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ClientCapaTest extends CommandTest {
  @Test
  void shouldSendClientsFromAReplicaToThePrimaryIfTheyCanFollow() {
    kit.state().follow("127.0.0.1:7000");
    run("GET", "k").replies("$-1");
    run("CLIENT", "CAPA", "whatever", "redirect").replies("+OK");
    run("GET", "k").replies("-REDIRECT 127.0.0.1:7000");
    run("SET", "k", "v").replies("-REDIRECT 127.0.0.1:7000");
    run("PING").replies("+PONG");
    client.session().readOnlyMode(true);
    run("GET", "k").replies("$-1");
    run("SET", "k", "v").replies("-REDIRECT 127.0.0.1:7000");
    kit.state().replica(false);
    run("SET", "k", "v").replies("+OK");
  }
}
