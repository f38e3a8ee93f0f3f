package io.hashslot.bus.core;

import io.hashslot.bus.wire.FrameHeader;
import io.hashslot.bus.wire.MessageFlags;
import io.hashslot.slot.Slots;
import org.jspecify.annotations.Nullable;

/**
 * Grants votes. At most one in an epoch, which holds across crashes because the vote is durable
 * before the frame leaves: the event that grants it persists first, and the frame stands after
 * that. Refusal is silence.
 */
final class Voter {
  private final Cluster cluster;
  private final Outbox outbox;

  Voter(Cluster cluster, Outbox outbox) {
    this.cluster = cluster;
    this.outbox = outbox;
  }

  void onRequest(Node candidate, FrameHeader request) {
    String refusal = refusal(candidate, request);
    if (refusal != null) {
      cluster.note(Effect.Level.DEBUG, "no vote for " + candidate + ": " + refusal);
      return;
    }
    cluster.lastVoteEpoch = cluster.currentEpoch;
    if (candidate.primary != null) {
      candidate.primary.votedAtMs = cluster.nowMs();
      candidate.primary.votedFor = candidate.id;
    }
    // By this vote it may serve for as long as by an answer.
    candidate.assuredAtMs = cluster.nowMs();
    cluster.saveSynced();
    cluster.notice("voted for " + candidate + " in epoch " + cluster.currentEpoch);
    if (candidate.outbound != null) outbox.authAck(candidate.outbound);
  }

  private @Nullable String refusal(Node candidate, FrameHeader request) {
    if (!cluster.self.isVotingPrimary()) return "not a voting primary";
    if (request.currentEpoch() < cluster.currentEpoch) return "its epoch is old";
    if (cluster.lastVoteEpoch == cluster.currentEpoch) return "voted in this epoch already";
    Node primary = candidate.primary;
    if (candidate.isPrimary() || primary == null) return "not a replica of anybody";
    if (!request.hasMessageFlags(MessageFlags.FORCE_ACK)) {
      if (!primary.failed()) return "its primary lives";
      if (mayServe(primary)) return "its primary may serve since I answered it";
    }
    if (cluster.nowMs() - primary.votedAtMs < 2 * cluster.config.nodeTimeoutMs()
        && !candidate.id.equals(primary.votedFor)) {
      return "voted for another replica of that primary a moment ago";
    }
    if (candidate.outbound == null) return "no link to it";
    return staleSlot(candidate.outbound, request);
  }

  /**
   * Others may have agreed on its failure without me, by suspicions that were taken back. A primary
   * needs the answers of a majority to serve, and a candidate its votes: so who has given the one
   * holds the other back until the lease that may rest on it has ended.
   */
  private boolean mayServe(Node primary) {
    return cluster.nowMs() - primary.assuredAtMs <= cluster.config.nodeTimeoutMs();
  }

  /**
   * The candidate may not have heard of the newer claim, be it that of another node or of its own
   * primary: it is told, and asks again with what it knows then.
   */
  private @Nullable String staleSlot(Link link, FrameHeader request) {
    for (int slot = 0; slot < Slots.COUNT; slot++) {
      if (!request.claims(slot) || cluster.slots.unclaimed(slot)) continue;
      Node owner = cluster.slots.owner(slot);
      if (owner != null && owner.configEpoch > request.configEpoch()) {
        outbox.update(link, owner);
        return "slot " + slot + " has a newer owner";
      }
    }
    return null;
  }
}
