package io.hashslot.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.config.Config;
import io.hashslot.peer.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Connections that a server opens itself come from where {@code bind-source-addr} says. */
class SourceAddressIT {
  private static final int PATIENCE_MS = 60_000;
  private static final String SOURCE = "127.0.0.9";

  @TempDir Path folder;
  private final int port = Ports.next();

  @BeforeEach
  void thereIsAnotherAddress() {
    try (var _ = new ServerSocket(0, 1, InetAddress.getByName(SOURCE))) {
      assertThat(port).isPositive();
    } catch (IOException _) {
      Assumptions.abort("this machine's loopback has one address only");
    }
  }

  private Node start(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("--port", "" + port, "--bind", "127.0.0.1"));
    all.addAll(List.of("--dir", "" + folder, "--save", "", "--io-threads", "1"));
    all.addAll(List.of(options));
    return Node.start(Config.of(all.toArray(String[]::new)));
  }

  private static ServerSocket listener() throws IOException {
    var listener = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
    listener.setSoTimeout(PATIENCE_MS);
    return listener;
  }

  private static String caller(ServerSocket listener) throws IOException {
    try (Socket caller = listener.accept()) {
      return caller.getInetAddress().getHostAddress();
    }
  }

  @Test
  void theLinkToThePrimary() throws Exception {
    try (var primary = listener();
        var _ =
            start(
                "--bind-source-addr",
                SOURCE,
                "--replicaof",
                "127.0.0.1",
                "" + primary.getLocalPort())) {
      assertThat(caller(primary)).isEqualTo(SOURCE);
    }
  }

  @Test
  void theLinksOfTheBusAfterTheDirectiveHasChanged() throws Exception {
    String busPort = "" + Ports.next();
    try (var before = listener();
        var after = listener();
        var _ = start("--cluster-enabled", "yes", "--cluster-port", busPort);
        var client = new Jedis("127.0.0.1", port, PATIENCE_MS)) {
      meet(client, before);
      assertThat(caller(before)).isEqualTo("127.0.0.1");
      client.configSet("bind-source-addr", SOURCE);
      meet(client, after);
      assertThat(caller(after)).isEqualTo(SOURCE);
    }
  }

  private static void meet(Jedis client, ServerSocket bus) {
    client.sendCommand(
        redis.clients.jedis.Protocol.Command.CLUSTER,
        "MEET",
        "127.0.0.1",
        "1",
        "" + bus.getLocalPort());
  }
}
