package io.hashslot.bus.sim;

import io.hashslot.bus.core.ClusterConfig;
import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.bus.core.ClusterRequest.FailoverMode;
import io.hashslot.bus.core.DurableState;
import io.hashslot.bus.core.NodeView;
import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.MessageFlags;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may be voted for, by whom, and who may take the place of a primary. */
final class VoteRules {
  private VoteRules() {}

  private record Ballot(NodeId who, long epoch) {}

  /**
   * No node votes for two in an epoch, not even if it crashed in between. Who asks for votes has
   * given its own to itself.
   */
  static final class OneVotePerEpoch implements Invariant {
    private final Map<Ballot, String> votes = new HashMap<>();

    @Override
    public void onSend(SimNode node, @Nullable SimNode to, BusFrame frame) {
      boolean asks = frame.type() == MessageType.AUTH_REQUEST;
      if (!asks && frame.type() != MessageType.AUTH_ACK) return;
      String candidate = asks ? node.name() : to == null ? "somebody gone" : to.name();
      long epoch = frame.header().currentEpoch();
      String first = votes.putIfAbsent(new Ballot(frame.header().sender(), epoch), candidate);
      // A vote is sent once; a request goes to everybody.
      expect(
          first == null || (asks && first.equals(candidate)),
          "%s voted in epoch %d for %s and for %s",
          node,
          epoch,
          first,
          candidate);
    }
  }

  /** When a vote leaves, or is asked for, it is on disk and synced. */
  static final class VoteIsDurableBeforeItIsSent implements Invariant {
    @Override
    public void onSend(SimNode node, @Nullable SimNode to, BusFrame frame) {
      if (frame.type() != MessageType.AUTH_ACK && frame.type() != MessageType.AUTH_REQUEST) return;
      DurableState synced = node.synced();
      long epoch = frame.header().currentEpoch();
      expect(
          synced != null && synced.lastVoteEpoch() >= epoch,
          "%s sent a vote in epoch %d that a crash would make it forget",
          node,
          epoch);
    }
  }

  /** A vote says the epoch in which its receiver asked. Otherwise it could count in another one. */
  static final class VoteIsForAnEpochThatWasAskedFor implements Invariant {
    /** By machine: a hard reset in between gives the candidate another name. */
    private record Asked(String machine, long epoch) {}

    private final Set<Asked> asked = new HashSet<>();

    @Override
    public void onSend(SimNode node, @Nullable SimNode to, BusFrame frame) {
      long epoch = frame.isLight() ? 0 : frame.header().currentEpoch();
      if (frame.type() == MessageType.AUTH_REQUEST) {
        asked.add(new Asked(node.name(), epoch));
      } else if (frame.type() == MessageType.AUTH_ACK && to != null) {
        expect(
            asked.contains(new Asked(to.name(), epoch)),
            "%s votes for %s in epoch %d, in which that one never asked",
            node,
            to,
            epoch);
      }
    }
  }

  /** A replica is voted for if its primary failed, or if it says that somebody insists. */
  static final class VoteNeedsAFailedPrimary implements Invariant {
    private final Set<Ballot> insisting = new HashSet<>();

    @Override
    public void onSend(SimNode node, @Nullable SimNode to, BusFrame frame) {
      if (frame.type() == MessageType.AUTH_REQUEST) {
        if (!frame.header().hasMessageFlags(MessageFlags.FORCE_ACK)) return;
        insisting.add(new Ballot(frame.header().sender(), frame.header().currentEpoch()));
      } else if (frame.type() == MessageType.AUTH_ACK && to != null && to.running()) {
        if (insisting.contains(new Ballot(to.id(), frame.header().currentEpoch()))) return;
        NodeView candidate = node.view().node(to.id().text());
        if (candidate == null) return; // reset in between, and of another name now
        NodeId primary = candidate.primary();
        NodeView replaced = primary == null ? null : node.view().node(primary.text());
        expect(
            replaced != null && replaced.failed(),
            "%s votes for %s, whose primary did not fail",
            node,
            to);
      }
    }
  }

  /**
   * Nobody votes for a claim that the owner of the slot, as the voter knows it, replaced by a newer
   * one and still stands behind.
   */
  static final class VoteIsNotForAStaleClaim implements Invariant {
    private record Claim(SlotSet slots, long epoch) {}

    private final Map<Ballot, Claim> claims = new HashMap<>();

    @Override
    public void onSend(SimNode node, @Nullable SimNode to, BusFrame frame) {
      if (frame.type() == MessageType.AUTH_REQUEST) {
        var ballot = new Ballot(frame.header().sender(), frame.header().currentEpoch());
        var slots = new SlotSet();
        frame.header().slotsTo(slots);
        // A candidate may ask again, with what it has learned since.
        claims.put(ballot, new Claim(slots, frame.header().configEpoch()));
      } else if (frame.type() == MessageType.AUTH_ACK && to != null && to.running()) {
        Claim claim = claims.get(new Ballot(to.id(), frame.header().currentEpoch()));
        if (claim != null) check(node, to, claim);
      }
    }

    private void check(SimNode node, SimNode candidate, Claim claim) {
      for (NodeView known : node.view().nodes()) {
        if (!known.isPrimary() || known.configEpoch() <= claim.epoch) continue;
        SimNode owner = node.cluster().find(known.id());
        if (owner == null) continue;
        SlotSet contested = known.slots().copy();
        contested.retainAll(claim.slots);
        contested.retainAll(owner.view().self().slots());
        expect(
            contested.isEmpty(),
            "%s votes for %s, which claims slots %s of %s with epoch %d",
            node,
            candidate,
            contested,
            owner,
            claim.epoch);
      }
    }
  }

  /** Whoever is elected was voted for by more than half of the voting primaries it knows. */
  static final class WinnerHasAMajority implements Invariant {
    private final Ballots ballots;
    private final Map<String, Integer> electorates = new HashMap<>();
    private @Nullable SimNode takesOver;

    WinnerHasAMajority(Ballots ballots) {
      this.ballots = ballots;
    }

    @Override
    public void onRequest(SimNode node, ClusterRequest request) {
      takesOver =
          request instanceof ClusterRequest.Failover failover
                  && failover.mode() == FailoverMode.TAKEOVER
              ? node
              : null;
    }

    @Override
    public void onPromoted(SimNode node) {
      if (takesOver == node) return;
      int now = node.view().summary().votingPrimaries();
      int electorate = Math.min(now, electorates.getOrDefault(node.name(), now));
      int votes = ballots.voters(node.id()).size();
      expect(
          votes > electorate / 2,
          "%s won epoch %d with %d votes of %d",
          node,
          ballots.campaign(node.id()),
          votes,
          electorate);
    }

    @Override
    public void afterEvent(SimNode node) {
      if (!node.running()) return;
      if (takesOver == node) takesOver = null;
      electorates.put(node.name(), node.view().summary().votingPrimaries());
    }
  }

  /** A replica whose data is older than the validity factor allows does not ask for votes. */
  static final class OldDataDoesNotStand implements Invariant {
    @Override
    public void onSend(SimNode node, @Nullable SimNode to, BusFrame frame) {
      if (frame.type() != MessageType.AUTH_REQUEST) return;
      if (frame.header().hasMessageFlags(MessageFlags.FORCE_ACK)) return;
      ClusterConfig config = node.config();
      if (config.replicaValidityFactor() == 0) return;
      long ageMs = node.replication().facts().primarySilenceMs();
      long limitMs =
          config.replPingReplicaPeriodS() * 1000L
              + config.nodeTimeoutMs() * (config.replicaValidityFactor() + 1)
              + 1000;
      expect(ageMs <= limitMs, "%s stands with data that is %d ms old", node, ageMs);
    }
  }

  /** A failover in which the primary held back its writes loses none of them. */
  static final class CooperationLosesNothing implements Invariant {
    private final Map<String, FailoverMode> modes = new HashMap<>();
    private final Set<NodeId> insisting = new HashSet<>();

    @Override
    public void onRequest(SimNode node, ClusterRequest request) {
      if (request instanceof ClusterRequest.Failover failover) {
        modes.put(node.name(), failover.mode());
      }
    }

    @Override
    public void onSend(SimNode node, @Nullable SimNode to, BusFrame frame) {
      if (frame.type() != MessageType.AUTH_REQUEST) return;
      NodeId sender = frame.header().sender();
      // Against a primary that has forgotten a replica stands alone, whatever was asked for.
      boolean forsaken = node.replication().facts().succession().forsaken();
      boolean insists = frame.header().hasMessageFlags(MessageFlags.FORCE_ACK) && !forsaken;
      if (insists) insisting.add(sender);
      else insisting.remove(sender);
    }

    @Override
    public void onPromoted(SimNode node) {
      FailoverMode mode = modes.remove(node.name());
      boolean insisted = insisting.remove(node.id());
      if (mode != FailoverMode.COOPERATIVE || !insisted) return;
      NodeId followed = node.replication().lastFollowed();
      SimNode old = followed == null ? null : node.cluster().find(followed);
      if (old == null || !old.running() || !old.writesPaused()) return;
      expect(
          node.offset() >= old.offset(),
          "%s took over at offset %d, %s had stopped at %d",
          node,
          node.offset(),
          old,
          old.offset());
    }
  }
}
