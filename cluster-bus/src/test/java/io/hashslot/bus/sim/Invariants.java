package io.hashslot.bus.sim;

import io.hashslot.bus.core.DurableState;
import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What holds in every history, whatever breaks. */
final class Invariants {
  private Invariants() {}

  /** A fresh set for one history. */
  static List<Invariant> all() {
    return List.of(
        new OneWinnerPerEpoch(),
        new OneVotePerEpoch(),
        new VoteIsDurableBeforeItIsSent(),
        new OwnConfigEpochNeverGoesBack(),
        new CurrentEpochNeverGoesBackWhileRunning(),
        new ClaimIsDurableBeforeItIsSent());
  }

  /** No epoch is ever won by two nodes, not even on two sides of a partition. */
  static final class OneWinnerPerEpoch implements Invariant {
    private final Map<Long, NodeId> winners = new HashMap<>();

    @Override
    public void onPromoted(SimNode node) {
      long epoch = node.view().self().configEpoch();
      NodeId first = winners.putIfAbsent(epoch, node.id());
      Invariant.expect(
          first == null || first.equals(node.id()),
          "epoch %d won by %s and by %s",
          epoch,
          first,
          node.name);
    }
  }

  /** No node votes twice in an epoch, not even if it crashed in between. */
  static final class OneVotePerEpoch implements Invariant {
    private final Set<String> votes = new HashSet<>();

    @Override
    public void onSend(SimNode node, BusFrame frame) {
      if (frame.type() != MessageType.AUTH_ACK) return;
      long epoch = frame.header().currentEpoch();
      Invariant.expect(
          votes.add(node.host + "/" + epoch), "%s voted twice in epoch %d", node.name, epoch);
    }
  }

  /** When a vote leaves, it is on disk and synced. */
  static final class VoteIsDurableBeforeItIsSent implements Invariant {
    @Override
    public void onSend(SimNode node, BusFrame frame) {
      if (frame.type() != MessageType.AUTH_ACK) return;
      DurableState synced = node.synced();
      long epoch = frame.header().currentEpoch();
      Invariant.expect(
          synced != null && synced.lastVoteEpoch() >= epoch,
          "%s sent a vote in epoch %d that a crash would make it forget",
          node.name,
          epoch);
    }
  }

  /**
   * When a primary claims slots with a config epoch, it will still stand behind it after a crash.
   */
  static final class ClaimIsDurableBeforeItIsSent implements Invariant {
    @Override
    public void onSend(SimNode node, BusFrame frame) {
      if (!frame.type().isPingLike() || frame.header().hasPrimary()) return;
      DurableState synced = node.synced();
      if (synced == null || !frame.header().claimsAny()) return;
      for (DurableState.NodeRecord record : synced.nodes()) {
        if (!record.id().equals(frame.header().sender()) || record.primary() != null) continue;
        Invariant.expect(
            record.configEpoch() >= frame.header().configEpoch(),
            "%s claims slots with epoch %d, on disk it is %d",
            node.name,
            frame.header().configEpoch(),
            record.configEpoch());
      }
    }
  }

  /** The version of a node's own claim only grows, across crashes, too. */
  static final class OwnConfigEpochNeverGoesBack implements Invariant {
    private final Map<NodeId, Long> told = new HashMap<>();

    @Override
    public void onSend(SimNode node, BusFrame frame) {
      if (frame.isLight() || frame.header().hasPrimary()) return;
      long epoch = frame.header().configEpoch();
      long before = told.merge(frame.header().sender(), epoch, Math::max);
      Invariant.expect(
          epoch >= before,
          "%s claims with epoch %d after it claimed with %d",
          node.name,
          epoch,
          before);
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
      Seen before = seen.put(node.name, new Seen(node.core(), node.id(), epoch));
      Invariant.expect(
          before == null
              || before.core() != node.core()
              || !before.id().equals(node.id())
              || epoch >= before.epoch(),
          "current epoch of %s went back to %d",
          node.name,
          epoch);
    }
  }
}
