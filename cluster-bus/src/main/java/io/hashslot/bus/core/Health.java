package io.hashslot.bus.core;

import io.hashslot.slot.Slots;

/**
 * Judges whether this node may serve: every slot covered (if required), and a majority of the
 * primaries within reach, so that a primary on the minority side of a partition stops taking writes
 * that would be lost.
 */
final class Health {
  /** A primary that just started waits so long, to hear first whether it was replaced. */
  static final long WRITABLE_DELAY_MS = 2_000;

  private static final long MIN_REJOIN_DELAY_MS = 500;
  private static final long MAX_REJOIN_DELAY_MS = 5_000;

  private final Cluster cluster;
  private final Lease lease;
  private long firstJudgedAtMs = Cluster.NEVER;
  private long minorityAtMs = Cluster.NEVER;

  Health(Cluster cluster, Lease lease) {
    this.cluster = cluster;
    this.lease = lease;
  }

  /** Starts the waiting of a fresh primary anew: it was not able to listen until now. */
  void restart() {
    firstJudgedAtMs = Cluster.NEVER;
  }

  /**
   * This node was silent for so long that it may have been replaced: a primary serves nobody until
   * it has had the time to hear of it, as if it came back from the minority side.
   */
  void silent() {
    if (!cluster.self.isPrimary()) return;
    minorityAtMs = cluster.nowMs();
    if (!cluster.health.ok()) return;
    cluster.notice("cluster state changed: fail (silent for too long)");
    cluster.health = ClusterHealth.MINORITY;
    cluster.publish();
  }

  /** Counts the voting primaries and judges. */
  void judge() {
    long now = cluster.nowMs();
    if (firstJudgedAtMs == Cluster.NEVER) firstJudgedAtMs = now;
    int voting = 0;
    int reachable = 0;
    cluster.suspects = 0;
    cluster.failures = 0;
    for (Node node : cluster.nodes) {
      if (node.suspected()) cluster.suspects++;
      if (node.failed()) cluster.failures++;
      if (!node.isVotingPrimary()) continue;
      voting++;
      if (!node.failed() && !node.suspected()) reachable++;
    }
    cluster.votingPrimaries = voting;
    lease.look();
    ClusterHealth verdict = isMinority(reachable) ? ClusterHealth.MINORITY : coverage();
    if (verdict != ClusterHealth.MINORITY && !lease.held()) verdict = ClusterHealth.UNPROVEN;
    if (verdict == ClusterHealth.MINORITY) minorityAtMs = now;
    boolean again = cluster.health == ClusterHealth.UNPROVEN && verdict != ClusterHealth.UNPROVEN;
    if (again && lease.missedAnEpoch()) minorityAtMs = now;
    if (verdict.ok() && !cluster.health.ok() && mustSettle(now)) verdict = ClusterHealth.SETTLING;
    if (verdict == cluster.health) return;
    if (verdict.ok() != cluster.health.ok()) {
      cluster.notice("cluster state changed: " + (verdict.ok() ? "ok" : "fail (" + verdict + ")"));
    }
    cluster.health = verdict;
    cluster.publish();
  }

  /**
   * Where nobody is known to have slots there is no cluster yet that could have gone on without me:
   * once slots are assigned it may serve at once.
   */
  private boolean isMinority(int reachable) {
    return cluster.votingPrimaries > 0 && reachable < cluster.quorum();
  }

  private boolean mustSettle(long now) {
    if (!cluster.self.isPrimary()) return false;
    long delay =
        Math.clamp(cluster.config.nodeTimeoutMs(), MIN_REJOIN_DELAY_MS, MAX_REJOIN_DELAY_MS);
    return now - firstJudgedAtMs < WRITABLE_DELAY_MS || now - minorityAtMs < delay;
  }

  private ClusterHealth coverage() {
    if (!cluster.config.requireFullCoverage()) return ClusterHealth.OK;
    if (cluster.slots.assigned() < Slots.COUNT) return ClusterHealth.SLOT_UNASSIGNED;
    for (Node node : cluster.nodes) {
      if (node.failed() && node.slotCount > 0) return ClusterHealth.SLOT_OWNER_FAILED;
    }
    return ClusterHealth.OK;
  }
}
