package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.cli.RealServers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Clients of other people at work with a cluster of six of our nodes. {@code
 * -Dhashslot.clients.of=redis} or {@code valkey} shows that they are served by those just so.
 */
@Timeout(240)
class ClientsIT {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final Program SERVED_BY =
      Program.valueOf(
          System.getProperty("hashslot.clients.of", "hashslot").toUpperCase(Locale.ROOT));

  private static TestCluster cluster;

  @BeforeAll
  static void threePrimariesWithAReplicaEach() {
    List<ServerProcess> nodes =
        SERVERS.start(
            SERVED_BY,
            6,
            "--cluster-node-timeout",
            "10000",
            "--repl-diskless-sync-delay",
            "0",
            "--repl-ping-replica-period",
            "1");
    cluster =
        TestCluster.form(
            List.of(
                List.of(nodes.get(0), nodes.get(3)),
                List.of(nodes.get(1), nodes.get(4)),
                List.of(nodes.get(2), nodes.get(5))));
    cluster.awaitListed();
  }

  @Nested
  class JedisTest extends JedisAtWork {
    @Override
    TestCluster cluster() {
      return cluster;
    }
  }

  @Nested
  class LettuceTest extends LettuceAtWork {
    @Override
    TestCluster cluster() {
      return cluster;
    }
  }

  @Nested
  class SlotMovesTest extends SlotMovesAtWork {
    @Override
    TestCluster cluster() {
      return cluster;
    }
  }

  @Nested
  class ShardMessagesTest extends ShardMessagesAtWork {
    @Override
    TestCluster cluster() {
      return cluster;
    }
  }

  @Nested
  class ReplicaReadsTest extends ReplicaReadsAtWork {
    @Override
    TestCluster cluster() {
      return cluster;
    }
  }

  @Nested
  class JedisTypesTest extends JedisTypesAtWork {
    @Override
    TestCluster cluster() {
      return cluster;
    }
  }

  @Nested
  class LettuceTypesTest extends LettuceTypesAtWork {
    @Override
    TestCluster cluster() {
      return cluster;
    }
  }

  /** The script asserts for itself and says so at its end. */
  @Test
  void redisPyWorks() throws Exception {
    Path script = SERVERS.folder().resolve("redis_py.py");
    try (var source = ClientsIT.class.getResourceAsStream("redis_py.py")) {
      Files.write(script, source.readAllBytes());
    }
    RedisPy.require();
    var printed =
        RealServers.run(new byte[0], RedisPy.command(script, cluster.servers().getFirst()));
    assertThat(printed.text()).endsWith("all is well\n");
    assertThat(printed.status()).isZero();
  }

  private static List<String> redisCli(ServerProcess node, String... options) {
    List<String> words =
        new ArrayList<>(List.of("redis-cli", "-h", node.toldHost(), "-p", "" + node.port()));
    words.addAll(node.reach().ofCommandLine());
    words.addAll(List.of(options));
    return words;
  }

  @Test
  void redisCliFollowsRedirections() throws Exception {
    RealServers.require("redis-cli");
    String lines =
        """
        SET cli:a 1
        SET cli:b 2
        SET cli:c 3
        SET cli:d 4
        INCRBY cli:a 10
        GET cli:a
        MSET {cli}:x 7 {cli}:y 8
        MGET {cli}:x {cli}:y {cli}:z
        MGET cli:a cli:b
        EXPIRE cli:c 100
        PERSIST cli:c
        TTL cli:c
        DEL cli:d
        EXISTS cli:d
        """;
    for (ServerProcess node : cluster.servers()) {
      for (String protocol : List.of("-2", "-3")) {
        var printed =
            RealServers.run(lines.getBytes(StandardCharsets.UTF_8), redisCli(node, "-c", protocol));
        assertThat(printed.text()).contains("-> Redirected to slot [");
        assertThat(printed.text().replaceAll("-> Redirected.*\n", ""))
            .as("from %s", node)
            .isEqualTo(
                """
                OK
                OK
                OK
                OK
                11
                11
                OK
                7
                8

                CROSSSLOT Keys in request don't hash to the same slot

                1
                1
                -1
                1
                0
                """);
      }
    }
  }
}
