package io.hashslot.bus.core;

import io.hashslot.bus.wire.NodeFlags;
import org.jspecify.annotations.Nullable;

/**
 * Moves a spare replica to a primary that lost all of its own. All nodes agree on who goes, without
 * asking each other: the replica with the smallest name among those of the best covered primaries.
 *
 * <p>Unless that one says in which zone it runs. Then it gives way to another one of those that do:
 * best to one that runs in another zone than the orphan, so that the two are not lost together, and
 * whose leaving does not take the last copy of its shard out of a zone; the name decides among
 * equals. Replicas that name no zone keep to the first rule, and may be servers that know no other:
 * nobody gives way to them, and they give way to nobody.
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
    if (target == null || candidate(most, target) != cluster.self) return;
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

  private Node candidate(int most, Node orphan) {
    Node first = cluster.self;
    for (Node node : cluster.nodes) {
      if (!node.isPrimary() || node.workingReplicas() != most) continue;
      for (Node replica : node.replicas) {
        if (replica.id.compareTo(first.id) < 0) first = replica;
      }
    }
    return first.names.zone().isEmpty() ? first : bestPlaced(most, orphan, first);
  }

  /** Who does most for the spread over zones, of those that are well and name one. */
  private Node bestPlaced(int most, Node orphan, Node first) {
    Node best = first;
    int least = harm(first, orphan);
    for (Node node : cluster.nodes) {
      if (!node.isPrimary() || node.workingReplicas() != most) continue;
      for (Node replica : node.replicas) {
        if (replica.names.zone().isEmpty() || replica.failed() || replica.suspected()) continue;
        int harm = harm(replica, orphan);
        if (harm < least || (harm == least && replica.id.compareTo(best.id) < 0)) {
          best = replica;
          least = harm;
        }
      }
    }
    return best;
  }

  /** What speaks against a replica's move; that the orphan gets no second zone counts most. */
  private static int harm(Node replica, Node orphan) {
    return (replica.sharesZone(orphan) ? 2 : 0) + (isLastInItsZone(replica) ? 1 : 0);
  }

  private static boolean isLastInItsZone(Node replica) {
    Node primary = replica.primary;
    if (primary == null || primary.sharesZone(replica)) return false;
    for (Node sibling : primary.replicas) {
      if (sibling != replica && !sibling.failed() && sibling.sharesZone(replica)) return false;
    }
    return true;
  }
}
