package io.hashslot.bus.core;

import io.hashslot.bus.wire.NodeFlags;
import org.jspecify.annotations.Nullable;

/**
 * Moves a spare replica to a primary that lost all of its own. All nodes agree on who goes, without
 * asking each other: the replica with the smallest name among those of the best covered primaries.
 */
final class ReplicaMigration {
  private static final long ORPHANED_FOR_MS = 5_000;

  private final Cluster cluster;
  private final Roles roles;

  ReplicaMigration(Cluster cluster, Roles roles) {
    this.cluster = cluster;
    this.roles = roles;
  }

  /** To be called with every tick on a replica. */
  void step() {
    Node mine = cluster.self.primary;
    if (mine == null || !cluster.config.allowReplicaMigration() || !cluster.health.ok()) return;
    int most = 0;
    boolean anyOrphan = false;
    for (Node node : cluster.nodes) {
      if (!node.isPrimary() || node.failed()) continue;
      most = Math.max(most, node.workingReplicas());
      anyOrphan |= orphaned(node) && node.slotCount > 0;
    }
    if (!anyOrphan || most < 2 || mine.workingReplicas() != most) return;
    if (healthyReplicas(mine) <= cluster.config.migrationBarrier()) return;
    Node target = track();
    if (target == null || candidate(most) != cluster.self) return;
    if (cluster.nowMs() - target.orphanedSinceMs <= ORPHANED_FOR_MS) return;
    cluster.notice("migrating to the orphaned primary " + target);
    roles.follow(target, true, false);
  }

  private static boolean orphaned(Node node) {
    return node.isPrimary()
        && !node.failed()
        && node.has(NodeFlags.MIGRATE_TO)
        && node.workingReplicas() == 0;
  }

  private static int healthyReplicas(Node primary) {
    int healthy = 0;
    for (Node replica : primary.replicas) {
      if (!replica.failed() && !replica.suspected()) healthy++;
    }
    return healthy;
  }

  /** Keeps account of how long primaries are orphaned; the first one with slots. */
  private @Nullable Node track() {
    Node target = null;
    for (Node node : cluster.nodes) {
      if (!orphaned(node)) {
        node.orphanedSinceMs = Cluster.NEVER;
        continue;
      }
      if (node.orphanedSinceMs == Cluster.NEVER) node.orphanedSinceMs = cluster.nowMs();
      if (target == null && node.slotCount > 0) target = node;
    }
    return target;
  }

  private Node candidate(int most) {
    Node candidate = cluster.self;
    for (Node node : cluster.nodes) {
      if (!node.isPrimary() || node.workingReplicas() != most) continue;
      for (Node replica : node.replicas) {
        if (replica.id.compareTo(candidate.id) < 0) candidate = replica;
      }
    }
    return candidate;
  }
}
