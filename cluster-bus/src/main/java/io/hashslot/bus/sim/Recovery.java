package io.hashslot.bus.sim;

import io.hashslot.bus.core.ClusterRequest.Forget;
import io.hashslot.bus.core.ClusterRequest.Meet;
import io.hashslot.bus.core.ClusterRequest.Replicate;
import io.hashslot.bus.core.NodeView;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a cluster must do by itself once nothing is broken any more. */
final class Recovery {
  private static final long WHOLE_MS = 60_000;
  private static final long CARE_MS = 5_000;

  /** In node timeouts: to suspect, to agree, to be elected at the second attempt at the latest. */
  private static final int FAILOVER_TIMEOUTS = 10;

  private final SimCluster cluster;

  Recovery(SimCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * All agree within a minute. What only an administrator can mend (names that nobody has any more,
   * machines that know nobody) he mends.
   */
  void becomesWhole() {
    long endMs = cluster.queue().nowMs() + WHOLE_MS;
    while (cluster.disagreement() != null && cluster.queue().nowMs() < endMs) {
      for (SimNode node : cluster.nodes()) care(node);
      for (long waited = 0; waited < CARE_MS && cluster.disagreement() != null; waited += 100) {
        cluster.passesMs(100);
      }
    }
    String trouble = cluster.disagreement();
    if (trouble != null) {
      throw new Violation(
          "AllAgreeAfterHealing", trouble + " after a minute\n" + cluster.picture());
    }
  }

  private void care(SimNode node) {
    if (!node.ready()) return;
    for (NodeView known : List.copyOf(node.view().nodes())) {
      if (known.inHandshake() || cluster.find(known.id()) != null) continue;
      node.request(new Forget(known.id().text()));
    }
    for (SimNode other : cluster.nodes()) {
      if (other == node || other.view().node(node.id().text()) != null) continue;
      other.request(new Meet(node.host(), SimNode.PORT, 0));
      return;
    }
    adopt(node);
  }

  /** A replica of somebody who is gone, or who is a replica himself for good, gets a primary. */
  private void adopt(SimNode node) {
    NodeView self = node.view().self();
    if (self.isPrimary()) return;
    NodeId primary = self.primary();
    if (primary != null && cluster.find(primary) != null) return;
    for (SimNode other : cluster.nodes()) {
      if (!other.isPrimary() || other.view().self().slots().isEmpty()) continue;
      node.request(new Replicate(other.id().text()));
      return;
    }
  }

  /**
   * A primary that has a replica dies; the replica must serve in its place in time.
   *
   * @return how long it took in milliseconds, -1 if there was no such primary
   */
  long replacesAPrimary(RandomGenerator random) {
    var candidates = new ArrayList<SimNode>();
    for (SimNode node : cluster.nodes()) {
      NodeView self = node.view().self();
      if (self.isPrimary() && !self.slots().isEmpty() && hasFreshReplica(node)) {
        candidates.add(node);
      }
    }
    SimNode victim = Words.any(candidates, random);
    if (victim == null || voters() < 3) return -1;
    SlotSet slots = victim.view().self().slots();
    long atMs = cluster.queue().nowMs();
    victim.crash(random.nextBoolean());
    long limitMs = FAILOVER_TIMEOUTS * cluster.topology().nodeTimeoutMs();
    cluster.waitUntil("FailoverIsBounded", limitMs, () -> successor(slots) != null);
    long tookMs = cluster.queue().nowMs() - atMs;
    returns(victim, slots);
    return tookMs;
  }

  private boolean hasFreshReplica(SimNode primary) {
    for (SimNode node : cluster.nodes()) {
      if (primary.id().equals(node.following()) && !node.isPrimary()) return true;
    }
    return false;
  }

  private int voters() {
    int voters = 0;
    for (SimNode node : cluster.nodes()) {
      if (node.isPrimary() && !node.view().self().slots().isEmpty()) voters++;
    }
    return voters;
  }

  private @Nullable SimNode successor(SlotSet slots) {
    for (SimNode node : cluster.nodes()) {
      if (!node.isPrimary() || !node.view().health().ok()) continue;
      if (node.view().self().slots().containsAll(slots)) return node;
    }
    return null;
  }

  /**
   * The successor dies before the replaced one comes back: the others must tell it that its slots
   * are not its own any more.
   */
  private void returns(SimNode victim, SlotSet slots) {
    SimNode successor = successor(slots);
    if (successor == null) return;
    cluster.passesTimeouts(1);
    successor.crash(true);
    victim.start();
    cluster.waitUntil(
        "ReplacedPrimaryIsTold",
        FAILOVER_TIMEOUTS * cluster.topology().nodeTimeoutMs(),
        () -> !victim.view().self().slots().intersects(slots));
    successor.start();
    cluster.converges();
  }
}
