package io.hashslot.bus.sim;

import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.bus.core.ClusterView;
import io.hashslot.bus.core.NodeView;
import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.NodeId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Epochs order everything: they only grow, and each is won once. */
final class EpochRules {
  private EpochRules() {}

  /** Whether the request takes an epoch, or a name, without asking anybody. */
  private static boolean takesWithoutAsking(ClusterRequest request) {
    return switch (request) {
      case ClusterRequest.Failover failover ->
          failover.mode() == ClusterRequest.FailoverMode.TAKEOVER;
      // A newcomer may bring an epoch that collides with one of those that are here.
      case ClusterRequest.Meet _ -> true;
      case ClusterRequest.Forget _,
          ClusterRequest.Replicate _,
          ClusterRequest.SaveConfig _,
          ClusterRequest.AddSlots _,
          ClusterRequest.SetConfigEpoch _,
          ClusterRequest.CountFailureReports _,
          ClusterRequest.Broadcast _ ->
          false;
      default -> true;
    };
  }

  /**
   * No epoch is won by two nodes, not even on two sides of a partition; unless a seat has voted for
   * both, see {@link Ballots}.
   */
  static final class OneWinnerPerEpoch implements Invariant {
    private final Ballots ballots;
    private final Map<Long, NodeId> winners = new HashMap<>();
    private @Nullable SimNode takesOver;

    OneWinnerPerEpoch(Ballots ballots) {
      this.ballots = ballots;
    }

    @Override
    public void onRequest(SimNode node, ClusterRequest request) {
      takesOver = takesWithoutAsking(request) ? node : null;
    }

    @Override
    public void afterEvent(SimNode node) {
      if (takesOver == node) takesOver = null;
    }

    @Override
    public void onPromoted(SimNode node) {
      if (takesOver == node) return;
      long epoch = node.view().self().configEpoch();
      NodeId first = winners.putIfAbsent(epoch, node.id());
      expect(
          first == null || first.equals(node.id()) || ballots.bothWon(first, node.id(), epoch),
          "epoch %d won by %s and by %s",
          epoch,
          first,
          node);
    }
  }

  /**
   * No two nodes claim slots with the same config epoch, as long as no administrator had one taken
   * without asking (a slot move does that); after that collisions are to be resolved. So are those
   * of two winners whom {@link OneWinnerPerEpoch} lets pass: one of them takes another epoch
   * unasked.
   */
  static final class OneOwnerPerConfigEpoch implements Invariant {
    private final Ballots ballots;
    private final Map<Long, NodeId> owners = new HashMap<>();
    private boolean over;

    OneOwnerPerConfigEpoch(Ballots ballots) {
      this.ballots = ballots;
    }

    @Override
    public void onRequest(SimNode node, ClusterRequest request) {
      over |= takesWithoutAsking(request);
    }

    @Override
    public void onSend(SimNode node, @Nullable SimNode to, BusFrame frame) {
      if (over || !frame.type().isPingLike() || frame.header().hasPrimary()) return;
      long epoch = frame.header().configEpoch();
      if (epoch == 0 || !frame.header().claimsAny()) return;
      NodeId sender = frame.header().sender();
      NodeId first = owners.putIfAbsent(epoch, sender);
      expect(
          first == null || first.equals(sender) || ballots.epochsWonTwice() > 0,
          "%s and %s claim slots with epoch %d",
          first,
          node,
          epoch);
    }
  }

  /** The version of a node's own claim only grows, across crashes, too. */
  static final class OwnConfigEpochNeverGoesBack implements Invariant {
    private final Map<NodeId, Long> told = new HashMap<>();

    /** A replica that is reset stands for nothing it claimed before. */
    @Override
    public void onRequest(SimNode node, ClusterRequest request) {
      if (request instanceof ClusterRequest.Reset) told.remove(node.id());
    }

    @Override
    public void onSend(SimNode node, @Nullable SimNode to, BusFrame frame) {
      if (frame.isLight() || frame.header().hasPrimary() || !frame.header().claimsAny()) return;
      long epoch = frame.header().configEpoch();
      long before = told.merge(frame.header().sender(), epoch, Math::max);
      expect(
          epoch >= before, "%s claims with epoch %d after it claimed with %d", node, epoch, before);
    }
  }

  /** What a running node knows of the version of a primary's claim only grows. */
  static final class KnownConfigEpochNeverGoesBack implements Invariant {
    private static final class Seen {
      @Nullable Object core;
      @Nullable ClusterView view;
      final Map<NodeId, Long> epochs = new HashMap<>();
    }

    private final Map<String, Seen> seen = new HashMap<>();

    @Override
    public void afterEvent(SimNode node) {
      if (!node.running()) return;
      Seen before = seen.computeIfAbsent(node.name(), _ -> new Seen());
      ClusterView view = node.view();
      if (view == before.view) return;
      if (before.core != node.core()) before.epochs.clear();
      before.core = node.core();
      before.view = view;
      if (before.epochs.size() > view.nodes().size()) {
        before.epochs.keySet().removeIf(id -> view.node(id.text()) == null);
      }
      for (NodeView known : view.nodes()) {
        if (!known.isPrimary()) {
          before.epochs.remove(known.id());
          continue;
        }
        long last = before.epochs.merge(known.id(), known.configEpoch(), Math::max);
        expect(
            known.configEpoch() >= last,
            "%s knew epoch %d of %s and takes it for %d now",
            node,
            last,
            known.id().brief(),
            known.configEpoch());
      }
    }
  }

  /** The logical clock of a running node only grows, unless a hard reset gives it a new name. */
  static final class CurrentEpochNeverGoesBackWhileRunning implements Invariant {
    private record Seen(Object core, NodeId id, long epoch) {}

    private final Map<String, Seen> seen = new HashMap<>();

    @Override
    public void afterEvent(SimNode node) {
      if (!node.running()) return;
      long epoch = node.view().summary().currentEpoch();
      Seen before = seen.get(node.name());
      if (before != null
          && before.core == node.core()
          && before.epoch == epoch
          && before.id.equals(node.id())) {
        return;
      }
      seen.put(node.name(), new Seen(node.core(), node.id(), epoch));
      expect(
          before == null
              || before.core != node.core()
              || !before.id.equals(node.id())
              || epoch > before.epoch,
          "current epoch of %s went back to %d",
          node,
          epoch);
    }
  }
}
