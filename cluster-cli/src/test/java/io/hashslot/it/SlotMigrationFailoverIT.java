package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * One side of an atomic slot migration dies in the middle of it and its replica takes its place:
 * the slots stay where they were, and no key is lost or there twice, in whatever database, however
 * big.
 */
@Timeout(300)
class SlotMigrationFailoverIT {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final int KEYS = 5_000;

  /** So slowly that a node can die on the way: a minute for all keys. */
  private static final String SLOW_US = "12000";

  private final List<ServerProcess> nodes =
      SERVERS.start(
          Program.HASHSLOT,
          5,
          "--cluster-node-timeout",
          "2000",
          "--repl-diskless-sync-delay",
          "0",
          "--cluster-databases",
          "6",
          "--enable-debug-command",
          "local",
          "--cluster-allow-replica-migration",
          "no");
  private final ServerProcess source = nodes.get(0);
  private final ServerProcess target = nodes.get(1);
  private final ServerProcess sourceReplica = nodes.get(3);
  private final ServerProcess targetReplica = nodes.get(4);
  private final BigValues big = new BigValues();

  @Test
  void noKeyIsLostOrDoubledWhenOneSideFailsOver() throws Exception {
    TestCluster cluster =
        TestCluster.form(
            List.of(
                List.of(source, sourceReplica),
                List.of(target, targetReplica),
                List.of(nodes.get(2))));
    List<String> keys = Migrations.keys(KEYS, "still:");
    Migrations.fill(source, keys);
    big.fill(source);
    TestCluster.until("the source's replica has all", () -> Migrations.size(sourceReplica) == KEYS);

    beginSlowly(source, target, targetReplica);
    failOver(target, targetReplica);
    expectFailed(source, targetReplica);
    assertThat(Migrations.newest(targetReplica).get("message"))
        .isEqualTo("A failover occurred during the import");
    bring(target, cluster);
    expectAllAt(source, cluster, keys);

    beginSlowly(source, targetReplica, target);
    failOver(source, sourceReplica);
    expectFailed(targetReplica, target);
    bring(source, cluster);
    expectAllAt(sourceReplica, cluster, keys);

    beginSlowly(sourceReplica, targetReplica, target);
    big.change(sourceReplica, keys.getFirst());
    assertThat(sourceReplica.call("CONFIG", "SET", "rdb-key-save-delay", "0")).isEqualTo("OK");
    TestCluster.until("the slots have moved", () -> Migrations.over(sourceReplica));
    assertThat(Migrations.newest(sourceReplica)).containsEntry("state", "success");
    TestCluster.until("the replica knows", () -> Migrations.over(target));
    assertThat(Migrations.newest(target)).containsEntry("state", "success");
    cluster.awaitHealthy();
    expectAllAt(targetReplica, cluster, keys);
    TestCluster.until("its replica has the big ones, too", () -> big.areAt(target));
  }

  /** Begins a migration and waits until the target and its replica are in the middle of it. */
  private static void beginSlowly(ServerProcess from, ServerProcess to, ServerProcess replica) {
    assertThat(from.call("CONFIG", "SET", "rdb-key-save-delay", SLOW_US)).isEqualTo("OK");
    long before = received(replica);
    Migrations.begin(from, to);
    TestCluster.until(
        "the replica knows of the import",
        () -> Migrations.newest(replica).getOrDefault("state", "").equals("occurring-on-primary"));
    TestCluster.until("keys have come", () -> received(replica) > before + 5_000);
    assertThat(Migrations.newest(from)).containsEntry("state", "snapshotting");
    assertThat(Migrations.size(to)).as("keys of slots that are on their way do not show").isZero();
  }

  private static long received(ServerProcess replica) {
    String info = replica.call("INFO", "replication");
    return Long.parseLong(ServerProcess.field(info, "slave_repl_offset"));
  }

  private static void failOver(ServerProcess primary, ServerProcess replica) {
    primary.kill();
    TestCluster.until("the replica leads", replica::isPrimary);
  }

  /** Both know that the migration has failed, and nothing of it is left on the side named last. */
  private static void expectFailed(ServerProcess one, ServerProcess other) {
    for (ServerProcess node : List.of(one, other)) {
      TestCluster.until(
          "it has failed, by " + node,
          () -> Migrations.newest(node).getOrDefault("state", "").equals("failed"));
    }
  }

  /** A primary that was replaced comes back, as a replica. */
  private static void bring(ServerProcess node, TestCluster cluster) {
    node.launch();
    node.awaitAnswer();
    TestCluster.until("it follows its successor", () -> !node.isPrimary());
    cluster.awaitHealthy();
  }

  private void expectAllAt(ServerProcess owner, TestCluster cluster, List<String> keys)
      throws Exception {
    cluster.assertHolds(keys);
    TestCluster.until(
        "each key is there once, the big ones as they were: " + owner,
        () -> nodes.stream().filter(ServerProcess::isPrimary).allMatch(node -> fits(node, owner)));
  }

  private boolean fits(ServerProcess node, ServerProcess owner) {
    return node == owner
        ? Migrations.size(node) == KEYS && big.areAt(node)
        : Migrations.size(node) == 0 && big.areGoneFrom(node);
  }
}
