package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.cli.RealServers;
import io.hashslot.cli.RealServers.Printed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Six of our nodes made a cluster by our command line, and by redis-cli; each judges the other's.
 */
@Timeout(240)
class FormationIT {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final List<String> OURS = Program.CLUSTER_CLI.command();
  private static final List<String> THEIRS = List.of("redis-cli");

  private static Printed cluster(List<String> program, String operation, List<String> words)
      throws Exception {
    List<String> command = new ArrayList<>(List.of("env", "TERM=dumb", "HASHSLOT_BUILD=no"));
    command.addAll(program);
    command.addAll(List.of("--cluster", operation));
    command.addAll(words);
    return RealServers.run(new byte[0], command);
  }

  private static List<String> create(List<ServerProcess> nodes) {
    List<String> words = new ArrayList<>();
    nodes.forEach(node -> words.add(node.endpoint().toString()));
    words.addAll(List.of("--cluster-replicas", "1", "--cluster-yes"));
    return words;
  }

  /** Forms a cluster, checks it with both command lines and writes through it. */
  private static void formsASoundClusterWith(List<String> program) throws Exception {
    RealServers.require("redis-cli");
    List<ServerProcess> nodes =
        SERVERS.start(Program.HASHSLOT, 6, "--cluster-node-timeout", "5000");
    Printed created = cluster(program, "create", create(nodes));
    assertThat(created.status()).as(created.text()).isZero();
    assertThat(created.text())
        .contains(
            "Master[2] -> Slots 10923 - 16383",
            "[OK] All nodes agree about slots configuration.",
            "[OK] All 16384 slots covered.");
    var formed = TestCluster.of(nodes);
    formed.awaitHealthy();
    for (ServerProcess node : List.of(nodes.getFirst(), nodes.getLast())) {
      List<String> words = List.of(node.endpoint().toString());
      Printed ours = cluster(OURS, "check", words);
      assertThat(ours.status()).as(ours.text()).isZero();
      assertThat(ours).as("the verdicts on %s", node).isEqualTo(cluster(THEIRS, "check", words));
      assertThat(ours.text()).contains("1 additional replica(s)");
    }
    List<String> keys = IntStream.range(0, 100).mapToObj(i -> "key:" + i).toList();
    formed.write(keys);
    formed.assertHolds(keys);
  }

  @Test
  void ourCommandLineFormsAClusterThatRedisCliFindsSound() throws Exception {
    formsASoundClusterWith(OURS);
  }

  @Test
  void redisCliFormsAClusterThatOurCommandLineFindsSound() throws Exception {
    formsASoundClusterWith(THEIRS);
  }
}
