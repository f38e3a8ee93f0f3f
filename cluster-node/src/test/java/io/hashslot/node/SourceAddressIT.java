package io.hashslot.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hashslot.config.Config;
import io.hashslot.peer.Patience;
import io.hashslot.peer.PeerServer;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

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
    client.sendCommand(Protocol.Command.CLUSTER, "MEET", "127.0.0.1", "1", "" + bus.getLocalPort());
  }

  private enum Whose {
    OURS,
    REDIS,
    VALKEY
  }

  /** One that follows a primary which only listens; its port for clients is where it says. */
  private AutoCloseable follower(Whose whose, String source, ServerSocket primary)
      throws Exception {
    String[] options = {
      "--cluster-enabled",
      "no",
      "--bind-source-addr",
      source,
      "--replicaof",
      "127.0.0.1",
      "" + primary.getLocalPort()
    };
    return whose == Whose.OURS
        ? start(options)
        : PeerServer.start(PeerServer.Kind.valueOf(whose.name()), folder, options);
  }

  @ParameterizedTest
  @EnumSource(Whose.class)
  void anAddressThatIsNotHereKeepsNobodyFromConnecting(Whose whose) throws Exception {
    try (var primary = listener();
        var _ = follower(whose, "192.0.2.1", primary)) { // never anybody's: RFC 5737
      assertThat(caller(primary)).isEqualTo("127.0.0.1");
    }
    try (var primary = listener();
        var _ = follower(whose, "::1", primary)) {
      assertThat(caller(primary)).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void theConnectionOfMigrate() throws Exception {
    try (var target = listener();
        var _ = start("--bind-source-addr", SOURCE);
        var client = new Jedis("127.0.0.1", port, PATIENCE_MS)) {
      client.set("k", "v");
      var asking = migrating(client, target);
      assertThat(caller(target)).isEqualTo(SOURCE);
      target.close(); // It would be tried again.
      asking.join();
    }
  }

  /** Which theirs leave where the system puts it. */
  @ParameterizedTest
  @EnumSource(PeerServer.Kind.class)
  void butTheirsIsFromAnywhere(PeerServer.Kind kind) throws Exception {
    String[] options = {"--cluster-enabled", "no", "--bind-source-addr", SOURCE};
    try (var target = listener();
        var server = PeerServer.start(kind, folder, options);
        var client = new Jedis("127.0.0.1", server.port(), PATIENCE_MS)) {
      client.set("k", "v");
      var asking = migrating(client, target);
      assertThat(caller(target)).isEqualTo("127.0.0.1");
      target.close();
      asking.join();
    }
  }

  /** The target hangs up at once, so this ends soon. */
  private static Thread migrating(Jedis client, ServerSocket target) {
    return Thread.ofVirtual()
        .start(
            () ->
                assertThatThrownBy(
                        () -> client.migrate("127.0.0.1", target.getLocalPort(), "k", 0, 50_000))
                    .isInstanceOf(JedisException.class));
  }

  @Test
  void theConnectionOfASlotMigration() throws Exception {
    int otherPort = Ports.next();
    int otherBus = Ports.next();
    try (var target = listener();
        var _ =
            start(
                "--cluster-enabled",
                "yes",
                "--cluster-port",
                "" + Ports.next(),
                "--bind", // The other one finds this node where its connections come from.
                "127.0.0.1",
                SOURCE,
                "--bind-source-addr",
                SOURCE);
        var _ =
            start(
                "--port",
                "" + otherPort,
                "--cluster-config-file",
                "other.conf",
                "--cluster-enabled",
                "yes",
                "--cluster-port",
                "" + otherBus,
                "--cluster-announce-port",
                "" + target.getLocalPort());
        var client = new Jedis("127.0.0.1", port, PATIENCE_MS);
        var other = new Jedis("127.0.0.1", otherPort, PATIENCE_MS)) {
      client.clusterAddSlotsRange(0, 16383);
      client.sendCommand(
          Protocol.Command.CLUSTER, "MEET", "127.0.0.1", "" + otherPort, "" + otherBus);
      String id = other.clusterMyId();
      await()
          .atMost(Patience.LIMIT)
          .untilAsserted(
              () ->
                  assertThat(client.clusterNodes())
                      .contains(id + " 127.0.0.1:" + target.getLocalPort()));
      await()
          .atMost(Patience.LIMIT)
          .ignoreExceptionsInstanceOf(JedisDataException.class)
          .until(
              () ->
                  client.sendCommand(
                          Protocol.Command.CLUSTER,
                          "MIGRATESLOTS",
                          "SLOTSRANGE",
                          "0",
                          "9",
                          "NODE",
                          id)
                      != null);
      assertThat(caller(target)).isEqualTo(SOURCE);
    }
  }
}
