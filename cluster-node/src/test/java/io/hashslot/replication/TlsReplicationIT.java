package io.hashslot.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.config.Config;
import io.hashslot.node.Node;
import io.hashslot.peer.PeerServer;
import io.hashslot.peer.Ports;
import io.hashslot.peer.TestCertificate;
import io.hashslot.resp.client.ConnectOptions;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.resp.client.RespConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Replication over TLS, with real servers on either end. */
class TlsReplicationIT {
  @TempDir private Path folder;
  private TestCertificate certificate;

  @BeforeEach
  void makeCertificate() {
    certificate = TestCertificate.of("ec", folder);
  }

  private List<String> options(int tlsPort, boolean twoChannels) {
    List<String> options = new ArrayList<>(certificate.directives());
    options.addAll(List.of("--tls-port", "" + tlsPort, "--tls-replication", "yes"));
    options.addAll(List.of("--repl-diskless-sync-delay", "0"));
    if (twoChannels) {
      options.addAll(List.of("--dual-channel-replication-enabled", "yes"));
    }
    return options;
  }

  private String call(int tlsPort, String... words) throws IOException {
    try (RespConnection connection =
        RespConnection.open(
            new Endpoint("127.0.0.1", tlsPort),
            ConnectOptions.PLAIN.withTimeoutsMs(60_000, 60_000).withTls(certificate.context()))) {
      return Peers.text(connection.call(words));
    }
  }

  /** Ours follows theirs, and theirs ours, each with a snapshot and a stream behind it. */
  @ParameterizedTest
  @EnumSource(PeerServer.Kind.class)
  void snapshotsAndStreamsAreEncryptedInBothDirections(PeerServer.Kind kind) throws Exception {
    boolean twoChannels = kind == PeerServer.Kind.VALKEY;
    int theirs = Ports.next();
    int ours = Ports.next();
    Path home = Files.createDirectories(folder.resolve("ours"));
    List<String> own = options(ours, twoChannels);
    own.addAll(List.of("--port", "0", "--bind", "127.0.0.1", "--save", ""));
    own.addAll(List.of("--io-threads", "1", "--dir", home.toString()));
    try (PeerServer peer =
            Peers.peer(
                kind,
                folder.resolve("theirs"),
                options(theirs, twoChannels).toArray(String[]::new));
        Node _ = Node.start(Config.of(own.toArray(String[]::new)))) {
      assertThat(peer.port()).isPositive();
      exchange(theirs, ours);
      assertThat(call(ours, "REPLICAOF", "NO", "ONE")).isEqualTo("OK");
      // Else it would only go on where the two have parted.
      assertThat(call(theirs, "DEBUG", "CHANGE-REPL-ID")).isEqualTo("OK");
      exchange(ours, theirs);
    }
  }

  private void exchange(int primary, int replica) throws IOException {
    String large = "x".repeat(500_000);
    call(primary, "SET", "before:" + primary, large);
    call(replica, "REPLICAOF", "127.0.0.1", "" + primary);
    Peers.await(
        "the link to be up",
        () -> call(replica, "INFO", "replication").contains("master_link_status:up"));
    assertThat(call(replica, "GET", "before:" + primary)).isEqualTo(large);
    for (int i = 0; i < 6; i++) {
      call(primary, "SET", "after:" + i, large);
    }
    Peers.await("it to have all", () -> call(replica, "GET", "after:5").equals(large));
    assertThat(call(primary, "INFO", "replication")).contains("ip=127.0.0.1,port=" + replica);
  }
}
