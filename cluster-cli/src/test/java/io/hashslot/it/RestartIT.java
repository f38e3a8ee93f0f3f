package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** All nodes end and come back with nothing but their files. */
@Timeout(240)
class RestartIT {
  @RegisterExtension static final Servers SERVERS = new Servers();

  @Test
  void slotsRolesAndSavedDataOutliveTheProcesses() throws Exception {
    List<ServerProcess> nodes =
        SERVERS.start(
            Program.HASHSLOT,
            6,
            // Until all are back nobody is to be replaced, however long that takes.
            "--cluster-node-timeout",
            "15000",
            "--repl-diskless-sync-delay",
            "0");
    var cluster =
        TestCluster.form(
            List.of(
                List.of(nodes.get(0), nodes.get(3)),
                List.of(nodes.get(1), nodes.get(4)),
                List.of(nodes.get(2), nodes.get(5))));
    List<String> keys = IntStream.range(0, 3_000).mapToObj(i -> "key:" + i).toList();
    cluster.write(keys);
    nodes
        .getFirst()
        .call("SET", TestCluster.keysOf(nodes.getFirst(), 1, "fading:").getFirst(), "x", "PX", "1");
    String table = TestCluster.slotTable(nodes.getFirst());
    for (ServerProcess node : nodes) assertThat(node.call("SAVE")).isEqualTo("OK");

    nodes.subList(0, 3).forEach(ServerProcess::stop);
    nodes.subList(3, 6).forEach(ServerProcess::kill);
    nodes.forEach(ServerProcess::launch);
    nodes.forEach(ServerProcess::awaitAnswer);
    cluster.awaitHealthy();

    assertThat(TestCluster.slotTable(nodes.getFirst())).isEqualTo(table);
    cluster.assertHolds(keys);
    assertThat(nodes.subList(0, 3)).allMatch(ServerProcess::isPrimary);
    cluster.write(keys);
  }
}
