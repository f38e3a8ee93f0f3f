package io.hashslot.command.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.net.RunningNode;
import io.hashslot.peer.PeerServer;
import io.hashslot.peer.Ports;
import io.hashslot.resp.Reply;
import io.hashslot.resp.client.ConnectOptions;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.resp.client.RespConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What clients are told of a cluster of many nodes, whose slots lie in pieces and some of whose
 * nodes failed, by us and by valkey-server, each of which was given the same nodes.conf.
 *
 * <p>{@code -Dhashslot.big.primaries=500 -Dhashslot.big.pieces=30} makes it bigger, and {@code
 * -Dhashslot.big.calls=1000} says by the servers' own statistics what such a question costs.
 */
@Timeout(300)
class BigClusterOracleIT {
  private static final Logger LOG = LoggerFactory.getLogger(BigClusterOracleIT.class);
  private static final int PRIMARIES = Integer.getInteger("hashslot.big.primaries", 40);
  private static final int PIECES = Integer.getInteger("hashslot.big.pieces", 4);
  private static final int CALLS = Integer.getInteger("hashslot.big.calls", 0);

  /** Nobody is suspected, and no link is closed for its silence. */
  private static final List<String> PATIENT = List.of("--cluster-node-timeout", "3600000");

  @TempDir private static Path folder;

  @Test
  void clientsAreToldTheSame() throws Exception {
    int busPort = Ports.next();
    try (SilentMembers members = new SilentMembers(PRIMARIES, PIECES)) {
      members.write(folder.resolve("ours"));
      members.write(folder.resolve("valkey"));
      try (PeerServer valkey =
              PeerServer.start(
                  PeerServer.Kind.VALKEY,
                  folder.resolve("valkey"),
                  PATIENT.toArray(String[]::new));
          RunningNode ours =
              new RunningNode(
                  folder.resolve("ours"),
                  "--cluster-enabled",
                  "yes",
                  "--cluster-port",
                  "" + busPort,
                  "--cluster-node-timeout",
                  "3600000");
          RespConnection asked = connect(ours.port());
          RespConnection oracle = connect(valkey.port())) {
        members.speak(busPort);
        members.speak(valkey.busPort());
        awaitOffsets(asked, members);
        awaitOffsets(oracle, members);
        for (String type : List.of("ip", "hostname", "unknown-endpoint")) {
          for (String protocol : List.of("2", "3")) {
            for (RespConnection each : List.of(asked, oracle)) {
              each.call("CONFIG", "SET", "cluster-preferred-endpoint-type", type);
              each.call("HELLO", protocol);
            }
            String what = type + ", protocol " + protocol;
            assertThat(slots(asked, ours.port()))
                .as(what)
                .containsExactlyElementsOf(slots(oracle, valkey.port()));
            assertThat(shards(asked, ours.port()))
                .as(what)
                .containsExactlyElementsOf(shards(oracle, valkey.port()));
          }
        }
        assertThat(nodes(asked, ours.port(), busPort))
            .containsExactlyElementsOf(nodes(oracle, valkey.port(), valkey.busPort()));
        if (CALLS > 0) {
          measure("ours", asked);
          measure("valkey-server", oracle);
        }
      }
    }
  }

  private static RespConnection connect(int port) throws IOException {
    return RespConnection.open(
        new Endpoint("127.0.0.1", port), ConnectOptions.PLAIN.withTimeoutsMs(5_000, 60_000));
  }

  private static void awaitOffsets(RespConnection asked, SilentMembers members) {
    Awaitility.await("all replicas that speak were heard")
        .until(() -> heard(asked) == members.speakers());
  }

  private static long heard(RespConnection asked) throws IOException {
    return asked.call("CLUSTER", "SHARDS").asItems().stream()
        .flatMap(shard -> shard.asItems().get(3).asItems().stream())
        .filter(node -> !shape(node).contains("replication-offset :0 "))
        .count();
  }

  private static List<String> slots(RespConnection asked, int port) throws IOException {
    return asked.call("CLUSTER", "SLOTS").asItems().stream()
        .map(span -> shape(span).replace(":" + port + ' ' + SilentMembers.id(0), "own"))
        .toList();
  }

  /** Valkey's shards are in the order of a hash table. */
  private static List<String> shards(RespConnection asked, int port) throws IOException {
    return asked.call("CLUSTER", "SHARDS").asItems().stream()
        .map(shard -> shape(shard).replace("port :" + port + ' ', "own "))
        .sorted()
        .toList();
  }

  /** Valkey's nodes, too; and when a ping was sent is a matter of chance. */
  private static List<String> nodes(RespConnection asked, int port, int busPort)
      throws IOException {
    return asked
        .call("CLUSTER", "NODES")
        .asText()
        .lines()
        .map(line -> line.replace(":" + port + '@' + busPort, ":own"))
        .map(line -> line.replaceAll(" \\d+ \\d+ (\\d+) (dis)?connected", " $1 link"))
        .sorted()
        .toList();
  }

  private static String shape(Reply reply) {
    return switch (reply) {
      case Reply.Int whole -> ":" + whole.value();
      case Reply.Array array -> shape(array.items(), "[", "]");
      case Reply.MapOf map -> shape(map.items(), "{", "}");
      case Reply.Bulk bulk -> bulk.text();
      default -> reply.toString();
    };
  }

  private static String shape(List<Reply> items, String before, String after) {
    return items.stream()
        .map(BigClusterOracleIT::shape)
        .collect(Collectors.joining(" ", before, after));
  }

  private static void measure(String who, RespConnection asked) throws IOException {
    for (String question : List.of("SLOTS", "SHARDS", "NODES")) {
      for (int round = 0; round < 2; round++) {
        asked.call("CONFIG", "RESETSTAT");
        for (int i = 0; i < CALLS; i++) {
          asked.call("CLUSTER", question);
        }
      }
      String line =
          asked
              .call("INFO", "commandstats")
              .asText()
              .lines()
              .filter(
                  stat -> stat.startsWith("cmdstat_cluster|" + question.toLowerCase(Locale.ROOT)))
              .findFirst()
              .orElseThrow();
      LOG.info("{}: {}", who, line);
    }
  }
}
