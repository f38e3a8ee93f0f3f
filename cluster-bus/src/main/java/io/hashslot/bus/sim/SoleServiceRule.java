package io.hashslot.bus.sim;

import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.bus.core.NodeView;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Who takes writes for a slot while somebody else does. */
final class SoleServiceRule {
  private SoleServiceRule() {}

  /**
   * No slot is written to at two primaries at once: by the time at which the winner of an election
   * serves, who had the slots before serves no more.
   *
   * <p>The winner's votes and the proofs of the other one's {@link LeaseRule lease} come from
   * majorities of the same seats, so somebody gave both; and who has answered a primary does not
   * vote to replace it while that answer counts. This needs what is therefore not asked for:
   *
   * <ul>
   *   <li>that both see the same seats. If one has changed hands, or has got its first slots, and
   *       somebody has not heard of it, two majorities need not meet (see {@link Ballots});
   *   <li>that the winner asked those who have to wait, and has no epoch that nobody voted for: not
   *       so if it was told to take over by hand or to bump its epoch, or if a slot was moved to
   *       it;
   *   <li>that the slot was won: who gives a slot away learns that it is gone from who has taken
   *       it;
   *   <li>that clocks run equally fast: the last tenth of the lease is not looked at.
   * </ul>
   */
  static final class OneServesASlot implements Invariant {
    /** The end of a lease that is left out, of 1000: clocks may be so much slower than others. */
    private static final long SLOWEST = 100;

    /**
     * @param epoch that it was won in
     * @param seats of others that the winner saw
     */
    private record Election(long epoch, boolean byHand, Set<NodeId> seats) {}

    private final Ballots ballots;
    private final Map<NodeId, Election> elections = new HashMap<>();
    private final SlotSet moved = new SlotSet();

    OneServesASlot(Ballots ballots) {
      this.ballots = ballots;
    }

    @Override
    public void onRequest(SimNode node, ClusterRequest request) {
      switch (request) {
        case ClusterRequest.SetSlot change -> moved.add(change.slot());
        case ClusterRequest.TakeSlots taken -> moved.addAll(taken.slots());
        case ClusterRequest.ReclaimSlots granted -> moved.addAll(granted.slots());
        default -> {}
      }
    }

    @Override
    public void onPromoted(SimNode node) {
      NodeView self = node.view().self();
      boolean byHand = ballots.isInsisting(self.id());
      elections.put(self.id(), new Election(self.configEpoch(), byHand, otherSeats(node)));
    }

    private static Set<NodeId> otherSeats(SimNode node) {
      var seats = new HashSet<NodeId>();
      for (NodeView known : node.view().nodes()) {
        if (known.isPrimary() && !known.slots().isEmpty() && !known.myself()) seats.add(known.id());
      }
      return seats;
    }

    @Override
    public void afterEvent(SimNode node) {
      if (!serves(node)) return;
      NodeView self = node.view().self();
      for (SimNode other : node.cluster().nodes()) {
        if (other == node || !serves(other)) continue;
        NodeView its = other.view().self();
        if (!its.slots().intersects(self.slots())) continue;
        if (its.configEpoch() > self.configEpoch()) check(node, other);
        else check(other, node);
      }
    }

    private static boolean serves(SimNode node) {
      if (!node.ready() || !node.isPrimary() || node.writesPaused()) return false;
      if (!node.view().health().ok()) return false;
      long toleratedMs = node.config().nodeTimeoutMs() * SLOWEST / 1000;
      return node.monotonicUs() / 1000 < node.view().servesUntilMs() - toleratedMs;
    }

    private void check(SimNode replaced, SimNode winner) {
      NodeView its = winner.view().self();
      NodeView old = replaced.view().self();
      SlotSet both = its.slots().copy();
      both.retainAll(old.slots());
      both.removeAll(moved);
      Election election = elections.get(its.id());
      if (both.isEmpty() || election == null || election.byHand) return;
      if (election.epoch != its.configEpoch() || election.epoch == old.configEpoch()) return;
      expect(
          !election.seats.equals(otherSeats(replaced)),
          "%s and %s, elected in epoch %d, serve slots %s at once",
          replaced,
          winner,
          election.epoch,
          both);
    }
  }
}
