package io.hashslot.cluster;

import static io.hashslot.cluster.Members.text;
import static io.hashslot.cluster.Members.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.net.RunningNode;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slots move between nodes of which nothing is reached but by TLS. */
class EncryptedMigrationIT {
  /** The slot of the tag {@code bar}. */
  private static final String SLOT = "5061";

  private static final int KEYS = 100;

  @TempDir Path folder;

  private TestCertificate certificate;

  private RunningNode start(String name, int port, int busPort) throws Exception {
    List<String> options = new ArrayList<>(certificate.directives());
    options.addAll(List.of("--port", "0", "--tls-port", "" + port, "--cluster-port", "" + busPort));
    options.addAll(List.of("--tls-cluster", "yes", "--tls-replication", "yes"));
    options.addAll(List.of("--cluster-enabled", "yes", "--cluster-node-timeout", "60000"));
    options.addAll(List.of("--cluster-ping-interval", "100"));
    return new RunningNode(folder.resolve(name), options.toArray(String[]::new));
  }

  private RespConnection connect(int port) throws IOException {
    return RespConnection.open(
        new Endpoint("127.0.0.1", port),
        ConnectOptions.PLAIN.withTimeoutsMs(20_000, 60_000).withTls(certificate.context()));
  }

  @Test
  void keysGoFromOneToTheOther() throws Exception {
    certificate = TestCertificate.of("ec", Files.createDirectories(folder.resolve("tls")));
    int[] ports = {Ports.next(), Ports.next()};
    int busPort = Ports.next();
    try (RunningNode _ = start("source", ports[0], Ports.next());
        RunningNode _ = start("target", ports[1], busPort);
        RespConnection source = connect(ports[0]);
        RespConnection target = connect(ports[1])) {
      source.call("CLUSTER", "ADDSLOTSRANGE", "0", "8191");
      target.call("CLUSTER", "SET-CONFIG-EPOCH", "2");
      target.call("CLUSTER", "ADDSLOTSRANGE", "8192", "16383");
      source.call("CLUSTER", "MEET", "127.0.0.1", "" + ports[1], "" + busPort);
      until("both serve", () -> serves(source, "bar") && serves(target, "foo"));
      for (int i = 0; i < KEYS; i++) {
        assertThat(source.call("SET", "{bar}" + i, "x").isOk()).isTrue();
      }
      String id = target.call("CLUSTER", "MYID").asText();
      assertThat(
              source.call("CLUSTER", "MIGRATESLOTS", "SLOTSRANGE", SLOT, SLOT, "NODE", id).asText())
          .isEqualTo("OK");
      until(
          "the slot has moved",
          () -> text(source.call("CLUSTER", "GETSLOTMIGRATIONS")).contains(" state success "));
      assertThat(text(target.call("CLUSTER", "COUNTKEYSINSLOT", SLOT))).isEqualTo("" + (KEYS + 1));
      String moved = "MOVED " + SLOT + " 127.0.0.1:" + ports[1];
      until("the source says so", () -> source.call("GET", "{bar}1").asText().equals(moved));
    }
  }

  private static boolean serves(RespConnection connection, String key) throws IOException {
    return connection.call("SET", key, "x").isOk();
  }
}
