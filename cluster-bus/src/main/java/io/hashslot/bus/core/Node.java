package io.hashslot.bus.core;

import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this node knows of one member, itself included. Times are monotonic milliseconds, {@link
 * Cluster#NEVER} if it never happened. Slots and replica lists are changed by {@link SlotOwners}
 * and {@link Nodes} only, which keep both sides of each relation in step.
 */
final class Node {
  private static final SlotSet NO_SLOTS = new SlotSet();

  /** Changes once, when a handshake ends. */
  NodeId id;

  NodeId shard;
  int flags;
  Address address = Address.UNKNOWN;
  Names names = Names.NONE;
  @Nullable Node primary;

  /** Sorted by id. */
  final List<Node> replicas = new ArrayList<>();

  /** Version of the slot claim. */
  long configEpoch;

  /**
   * Changed by {@link #addSlot} and {@link #removeSlot} only. A set takes 2 KiB, and a big cluster
   * has thousands of nodes: those without slots share one, and so do this record and the views and
   * files made of it until a slot changes.
   */
  SlotSet slots = NO_SLOTS;

  int slotCount;
  private boolean slotsShared = true;
  final FailureReports reports = new FailureReports();
  final long createdAtMs;
  long pingSentAtMs = Cluster.NEVER;
  long pongReceivedAtMs = Cluster.NEVER;
  long dataReceivedAtMs = Cluster.NEVER;
  long failedAtMs = Cluster.NEVER;

  /** See {@link Lease}: it handled something that I sent then or later. */
  long provenAtMs = Cluster.NEVER;

  /**
   * When I last told this node that it counts as working here: its {@link Lease} may rest on that,
   * and I do not vote to replace it until that has ended. A process that has just begun may have
   * forgotten that it did.
   */
  long assuredAtMs;

  /** When a full frame of it came last that greets or answers: it tells more than a light one. */
  long heardInFullAtMs = Cluster.NEVER;

  /** When I last told this node of a failure that it seems to have missed. */
  long failureRetoldAtMs = Cluster.NEVER;

  /** When I last voted for a replica of this primary, and for which. */
  long votedAtMs = Cluster.NEVER;

  @Nullable NodeId votedFor;

  /** Whether its frames say that it is a server of our make. */
  boolean ours;

  /** Since when I see this primary without a working replica. */
  long orphanedSinceMs = Cluster.NEVER;

  long replicationOffset;

  /** What {@link Views} painted of this node last. */
  @Nullable NodeView painted;

  long paintedPingSentAtMs;
  long paintedPongReceivedAtMs;

  /** Position of this node in the view that is being painted. */
  int paintedAt;

  /** Until when it is told everybody as a new member. */
  long newUntilMs = Cluster.NEVER;

  /** Round of {@link Gossip} in which this node was chosen last. */
  long chosenInRound;

  @Nullable Link outbound;
  @Nullable Link inbound;

  Node(NodeId id, NodeId shard, int flags, long nowMs) {
    this.id = id;
    this.shard = shard;
    this.flags = flags;
    this.createdAtMs = nowMs;
    this.assuredAtMs = nowMs;
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  void set(int flag, boolean on) {
    flags = on ? flags | flag : flags & ~flag;
  }

  boolean isMyself() {
    return has(NodeFlags.MYSELF);
  }

  boolean isPrimary() {
    return has(NodeFlags.PRIMARY);
  }

  boolean isReplica() {
    return has(NodeFlags.REPLICA);
  }

  boolean isVotingPrimary() {
    return isPrimary() && slotCount > 0;
  }

  boolean inHandshake() {
    return has(NodeFlags.HANDSHAKE);
  }

  boolean failed() {
    return has(NodeFlags.FAIL);
  }

  boolean suspected() {
    return has(NodeFlags.PFAIL);
  }

  boolean pingOutstanding() {
    return pingSentAtMs != Cluster.NEVER;
  }

  boolean sameShard(Node other) {
    return shard.equals(other.shard);
  }

  /** Whether both say that they run in the same zone. */
  boolean sharesZone(Node other) {
    return !names.zone().isEmpty() && names.zone().equals(other.names.zone());
  }

  /** The slots as a set that nobody changes any more; shared until they do. */
  SlotSet frozenSlots() {
    slotsShared = true;
    return slots;
  }

  /** Takes a set that nobody changes and that is equal to the one here instead of it. */
  void shareSlots(SlotSet frozen) {
    if (!frozen.equals(slots)) return;
    slots = frozen;
    slotsShared = true;
  }

  void addSlot(int slot) {
    if (slots.contains(slot)) return;
    ownSlots().add(slot);
    slotCount++;
  }

  void removeSlot(int slot) {
    if (!slots.contains(slot)) return;
    slotCount--;
    if (slotCount > 0) {
      ownSlots().remove(slot);
    } else {
      slots = NO_SLOTS;
      slotsShared = true;
    }
  }

  private SlotSet ownSlots() {
    if (slotsShared) slots = slots.copy();
    slotsShared = false;
    return slots;
  }

  /** The version of the claim this node stands behind: its primary's if it has one. */
  long claimEpoch() {
    return primary == null ? configEpoch : primary.configEpoch;
  }

  /** Replicas that did not fail. */
  int workingReplicas() {
    int working = 0;
    for (Node replica : replicas) {
      if (!replica.failed()) working++;
    }
    return working;
  }

  /** A short name for logs and transcripts. */
  @Override
  public String toString() {
    return id.brief();
  }
}
