package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.cli.OurCli;
import io.hashslot.cli.RealServers;
import io.hashslot.cli.RealServers.Printed;
import io.hashslot.peer.TestCertificate;
import io.hashslot.slot.Slots;
import io.lettuce.core.cluster.RedisClusterClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A cluster of servers of all kinds that speak TLS to everybody, by IPv6 where there is one, and of
 * which clients are told hostnames: formed by our command line, used by other people's clients, and
 * bereft of a primary.
 */
@Timeout(240)
class ReachIT {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private final Reach reach = Reach.of(Reach.machineHasIpv6() ? "names,ipv6,tls" : "names,tls");
  private final TestCertificate certificate = Objects.requireNonNull(reach.certificate());
  private final ServerProcess ours = server(Program.HASHSLOT);
  private final ServerProcess valkeyOfOurs = server(Program.VALKEY);
  private final ServerProcess redisServer = server(Program.REDIS);
  private final ServerProcess oursOfRedis = server(Program.HASHSLOT);
  private final ServerProcess valkey = server(Program.VALKEY);
  private final List<ServerProcess> primaries = List.of(ours, redisServer, valkey);
  private final TestCluster cluster =
      TestCluster.of(List.of(ours, redisServer, valkey, valkeyOfOurs, oursOfRedis));

  private ServerProcess server(Program program) {
    return SERVERS.server(
        program, reach, "--cluster-node-timeout", "3000", "--repl-diskless-sync-delay", "0");
  }

  private Printed commandLine(String... words) {
    List<String> all = new ArrayList<>(reach.ofCommandLine());
    all.addAll(List.of(words));
    return OurCli.plain().run(all);
  }

  private String seed(ServerProcess server) {
    return "[" + reach.place().host() + "]:" + server.port();
  }

  private void form() {
    cluster.servers().forEach(ServerProcess::launch);
    cluster.servers().forEach(ServerProcess::awaitAnswer);
    Printed created =
        commandLine(
            Stream.concat(
                    Stream.of("--cluster", "create", "--cluster-yes"),
                    primaries.stream().map(this::seed))
                .toArray(String[]::new));
    assertThat(created.status()).as(created.text()).isZero();
    join(valkeyOfOurs, ours);
    join(oursOfRedis, redisServer);
    cluster.awaitHealthy();
    TestCluster.until(
        "all know all names", () -> cluster.servers().stream().allMatch(ReachIT::knowsAllNames));
  }

  private static boolean knowsAllNames(ServerProcess server) {
    return server.call("CLUSTER", "NODES").lines().allMatch(line -> line.contains(",localhost"));
  }

  private void join(ServerProcess replica, ServerProcess primary) {
    String known = primary.id();
    String joining = replica.id();
    TestCluster.greet(
        primary,
        List.of(replica),
        () ->
            replica.call("CLUSTER", "NODES").contains(known)
                && primaries.stream()
                    .allMatch(node -> node.call("CLUSTER", "NODES").contains(joining)));
    replica.call("CLUSTER", "REPLICATE", known);
  }

  @Test
  void encryptedServersOfAllKindsFormOneClusterThatSurvivesTheLossOfAPrimary() throws Exception {
    form();
    List<String> keys = IntStream.range(0, 300).mapToObj(i -> "key:" + i).toList();
    cluster.write(keys);
    jedisReads(keys);
    lettuceReads(keys);
    redisPyReads(keys.getFirst());
    everyNodeTellsClientsTheSame(keys.getFirst());
    aSlotMoves(ours, valkey);
    cluster.assertHolds(keys);
    for (ServerProcess primary : List.of(ours, redisServer)) {
      TestCluster.until(
          primary + "'s replica has all", () -> primary.call("WAIT", "1", "1000").equals("1"));
    }

    redisServer.kill();
    TestCluster.until(oursOfRedis + " takes over", oursOfRedis::isPrimary);
    cluster.awaitHealthy();
    cluster.assertHolds(keys);
    cluster.write(keys);
    Printed checked = commandLine("--cluster", "check", seed(ours));
    assertThat(checked.text()).contains("[OK] All 16384 slots covered.");
  }

  /** MIGRATE, which goes from node to node, is encrypted as the bus is. */
  private void aSlotMoves(ServerProcess from, ServerProcess to) {
    String key = TestCluster.keysOf(from, 1, "key:").getFirst();
    String slot = "" + Slots.of(key.getBytes(StandardCharsets.UTF_8));
    to.setSlot(slot, "IMPORTING", from);
    from.setSlot(slot, "MIGRATING", to);
    String keys = from.call("CLUSTER", "COUNTKEYSINSLOT", slot);
    assertThat(keys).isEqualTo("1");
    assertThat(from.call("MIGRATE", reach.place().host(), "" + to.port(), key, "0", "30000"))
        .isEqualTo("OK");
    to.setSlot(slot, "NODE", to);
    from.setSlot(slot, "NODE", to);
    cluster.awaitHealthy();
  }

  private void jedisReads(List<String> keys) {
    try (var client = ClusterClients.jedis(valkey)) {
      assertThat(keys).allMatch(key -> client.get(key).equals("value of " + key));
    }
  }

  private void lettuceReads(List<String> keys) {
    RedisClusterClient client = ClusterClients.lettuce(ours);
    try {
      try (var connection = client.connect()) {
        assertThat(keys).allMatch(key -> connection.sync().get(key).equals("value of " + key));
      }
    } finally {
      client.shutdown(Duration.ZERO, Duration.ofSeconds(5));
    }
  }

  private void redisPyReads(String key) throws Exception {
    if (!RedisPy.isThere()) return;
    String script =
        """
        import redis.cluster, sys
        client = redis.cluster.RedisCluster(host="localhost", port=int(sys.argv[1]), ssl=True,
            ssl_ca_certs=sys.argv[2], ssl_certfile=sys.argv[2], ssl_keyfile=sys.argv[3])
        print(client.get(sys.argv[4]).decode())
        """;
    Printed printed =
        RealServers.run(
            new byte[0],
            List.of(
                RedisPy.python(),
                "-c",
                script,
                "" + redisServer.port(),
                certificate.certificate().toString(),
                certificate.key().toString(),
                key));
    assertThat(printed.text()).isEqualTo("value of " + key + "\n");
  }

  /** Redirections lead to the port and the kind of name that the client can use. */
  private void everyNodeTellsClientsTheSame(String key) throws IOException {
    ServerProcess owner = cluster.primaryOf(key);
    int slot = Slots.of(key.getBytes(StandardCharsets.UTF_8));
    for (String kind : List.of("hostname", "unknown-endpoint", "ip")) {
      String name =
          switch (kind) {
            case "hostname" -> "localhost";
            case "ip" -> reach.place().host();
            default -> "";
          };
      for (ServerProcess server : primaries) {
        if (server != owner) {
          server.call("CONFIG", "SET", "cluster-preferred-endpoint-type", kind);
          assertThat(server.tryCall("GET", key).asText())
              .as("%s with %s", server, kind)
              .isEqualTo("MOVED " + slot + ' ' + name + ':' + owner.port());
        }
      }
    }
  }
}
