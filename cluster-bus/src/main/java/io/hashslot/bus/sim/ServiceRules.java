package io.hashslot.bus.sim;

import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.bus.core.DurableState;
import io.hashslot.bus.core.NodeView;
import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose slot it is, and who may serve it. */
final class ServiceRules {
  private ServiceRules() {}

  /**
   * When a primary claims slots with a config epoch, it will still stand behind it after a crash.
   */
  static final class ClaimIsDurableBeforeItIsSent implements Invariant {
    @Override
    public void onSend(SimNode node, @Nullable SimNode to, BusFrame frame) {
      if (!frame.type().isPingLike() || frame.header().hasPrimary()) return;
      DurableState synced = node.synced();
      if (synced == null || !frame.header().claimsAny()) return;
      NodeId sender = frame.header().sender();
      for (DurableState.NodeRecord record : synced.nodes()) {
        if (!record.id().equals(sender) || record.primary() != null) continue;
        expect(
            record.configEpoch() >= frame.header().configEpoch(),
            "%s claims slots with epoch %d, on disk it is %d",
            node,
            frame.header().configEpoch(),
            record.configEpoch());
      }
    }
  }

  /** A primary that nobody asked gives slots up to a newer claim only. */
  static final class SlotsAreLostToNewerClaims implements Invariant {
    private record Owned(Object core, NodeId id, SlotSet slots, long epoch) {}

    private final Map<String, Owned> owned = new HashMap<>();
    private @Nullable SimNode asked;

    @Override
    public void onRequest(SimNode node, ClusterRequest request) {
      asked = node;
    }

    @Override
    public void afterEvent(SimNode node) {
      if (!node.running()) return;
      boolean mayChange = asked == node;
      if (mayChange) asked = null;
      NodeView self = node.view().self();
      Owned before = owned.get(node.name());
      if (before != null && before.slots == self.slots() && before.epoch == self.configEpoch()) {
        return;
      }
      if (before != null && before.core == node.core() && before.id.equals(self.id())) {
        if (!mayChange && before.slots != self.slots()) check(node, before, self.slots());
      }
      if (self.isPrimary()) {
        owned.put(node.name(), new Owned(node.core(), self.id(), self.slots(), self.configEpoch()));
      } else {
        owned.remove(node.name());
      }
    }

    private void check(SimNode node, Owned before, SlotSet now) {
      SlotSet slots = before.slots;
      for (int slot = slots.next(0); slot >= 0; slot = slots.next(slot + 1)) {
        if (now.contains(slot)) continue;
        NodeView owner = node.view().owner(slot);
        expect(
            owner != null && owner.configEpoch() > before.epoch,
            "%s gave slot %d, claimed with epoch %d, up to %s",
            node,
            slot,
            before.epoch,
            owner == null ? "nobody" : owner.id().brief() + " with " + owner.configEpoch());
      }
    }
  }

  /**
   * A primary that comes back, or out of a minority, does not begin to serve slots that somebody
   * else took meanwhile, if it had the time to hear of it: connections were good and the other one
   * well for a node timeout.
   */
  static final class ReplacedPrimaryDoesNotServe implements Invariant {
    private record Claimant(SimNode node, SlotSet slots, long epoch, long sinceUs) {}

    private final Map<String, Boolean> serving = new HashMap<>();
    private final Map<String, Claimant> claimants = new HashMap<>();

    @Override
    public void afterEvent(SimNode node) {
      if (!node.running()) return;
      NodeView self = node.view().self();
      boolean primary = self.isPrimary() && !self.slots().isEmpty();
      note(node, self, primary);
      boolean serves = primary && node.view().health().ok();
      Boolean before = serving.put(node.name(), serves);
      if (serves && (before == null || !before)) check(node, self);
    }

    private void note(SimNode node, NodeView self, boolean primary) {
      Claimant known = claimants.get(node.name());
      if (!primary) {
        if (known != null) claimants.remove(node.name());
      } else if (known == null
          || known.slots != self.slots()
          || known.epoch != self.configEpoch()) {
        claimants.put(
            node.name(),
            new Claimant(node, self.slots(), self.configEpoch(), node.cluster().queue().nowUs()));
      }
    }

    private void check(SimNode node, NodeView self) {
      long patienceUs = node.config().nodeTimeoutMs() * 1000;
      long nowUs = node.cluster().queue().nowUs();
      if (node.cluster().network().calmForUs() < patienceUs) return;
      for (Claimant other : claimants.values()) {
        if (other.node == node || other.epoch <= self.configEpoch()) continue;
        if (nowUs - other.sinceUs < patienceUs || other.node.readyForUs() < patienceUs) continue;
        if (other.node.view().node(self.id().text()) == null) continue;
        expect(
            !other.slots.intersects(self.slots()),
            "%s begins to serve slots that are %s's since %d ms",
            node,
            other.node,
            (nowUs - other.sinceUs) / 1000);
      }
    }
  }

  /** Nobody serves who does not see a majority of the voting primaries it knows. */
  static final class MinorityDoesNotServe implements Invariant {
    private final Map<String, Object> views = new HashMap<>();

    @Override
    public void afterEvent(SimNode node) {
      if (!node.running() || views.put(node.name(), node.view()) == node.view()) return;
      if (!node.view().health().ok()) return;
      int electorate = 0;
      int seen = 0;
      for (NodeView known : node.view().nodes()) {
        if (!known.isPrimary() || known.slots().isEmpty()) continue;
        electorate++;
        if (!known.failed() && !known.suspected()) seen++;
      }
      expect(
          electorate == 0 || seen > electorate / 2,
          "%s serves and sees %d of %d primaries",
          node,
          seen,
          electorate);
    }
  }

  /** A primary that was suspended for the node timeout waits before it serves again. */
  static final class WokenPrimaryWaits implements Invariant {
    /** It notices at its first tick. */
    private static final long FIRST_TICK_US = 150_000;

    private static final long SURELY_WAITS_US = 450_000;

    private final Map<String, Long> promotedAtUs = new HashMap<>();

    @Override
    public void onPromoted(SimNode node) {
      promotedAtUs.put(node.name(), node.cluster().queue().nowUs());
    }

    @Override
    public void afterEvent(SimNode node) {
      if (!node.ready() || node.sleptMs() < node.config().nodeTimeoutMs() + 200) return;
      long awakeUs = node.readyForUs();
      if (awakeUs < FIRST_TICK_US || awakeUs > SURELY_WAITS_US) return;
      Long promoted = promotedAtUs.get(node.name());
      if (promoted != null && node.cluster().queue().nowUs() - promoted <= awakeUs) return;
      expect(
          !node.isPrimary() || !node.view().health().ok(),
          "%s slept for %d ms and serves at once",
          node,
          node.sleptMs());
    }
  }
}
