package io.hashslot.bus.core;

import io.hashslot.bus.core.ClusterRequest.SetSlot;
import io.hashslot.bus.core.ClusterRequest.SlotMark;
import io.hashslot.slot.SlotSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requests that assign, release, open and close slots. Texts are those of Valkey 8.0.1, checked
 * against the running server.
 *
 * <p>Slots move by the thousand, one by one, so nobody waits for the disk more often than is
 * needed. A mark is forced right after the answer that tells of it: requests come one after the
 * other, so it is durable before the slot can be given to me. Then the slot itself need not be
 * durable before I say that it is mine, unless it comes with a new epoch: if I forget it, I still
 * know that it was on its way to me, and see the source claim it no more (see {@link Claims}). It
 * is forced by the next tick, or with the next mark: a slot that goes on to somebody else must not
 * be believed to be on its way to me.
 */
final class SlotRequests {
  private final Cluster cluster;
  private final Outbox outbox;
  private final Epochs epochs;
  private final Roles roles;

  SlotRequests(Cluster cluster, Outbox outbox, Epochs epochs, Roles roles) {
    this.cluster = cluster;
    this.outbox = outbox;
    this.epochs = epochs;
    this.roles = roles;
  }

  /** All arguments are checked before anything changes. */
  Answer addOrDelete(int[] requested, boolean add) {
    var seen = new SlotSet();
    for (int slot : requested) {
      boolean assigned = cluster.slots.owner(slot) != null;
      if (add && assigned) return Answer.error("Slot " + slot + " is already busy");
      if (!add && !assigned) return Answer.error("Slot " + slot + " is already unassigned");
      if (!seen.add(slot)) return Answer.error("Slot " + slot + " specified multiple times");
    }
    for (int slot : requested) {
      if (cluster.slots.importingFrom(slot) != null) cluster.slots.setImportingFrom(slot, null);
      if (add) cluster.assign(slot, cluster.self);
      else cluster.slots.release(slot);
    }
    cluster.save();
    cluster.judge();
    return Answer.OK;
  }

  Answer flush() {
    if (cluster.host().holdsKeys()) {
      return Answer.error("DB must be empty to perform CLUSTER FLUSHSLOTS.");
    }
    cluster.slots.releaseAll(cluster.self);
    cluster.save();
    cluster.judge();
    return Answer.OK;
  }

  /** Says what {@link #setSlot} would say, and changes nothing. */
  Answer check(SetSlot request) {
    String refusal = refusal(request, named(request));
    return refusal == null ? Answer.OK : Answer.error(refusal);
  }

  private @Nullable Node named(SetSlot request) {
    return request.node() == null ? null : cluster.nodes.find(request.node());
  }

  Answer setSlot(SetSlot request) {
    Node node = named(request);
    String refusal = refusal(request, node);
    if (refusal != null) return Answer.error(refusal);
    int slot = request.slot();
    switch (request.change()) {
      case MIGRATING -> {
        cluster.slots.setMigratingTo(slot, node);
        cluster.saveThenForceGains();
      }
      case IMPORTING -> {
        cluster.slots.setImportingFrom(slot, node);
        cluster.saveThenForce();
      }
      case STABLE -> {
        cluster.slots.setMigratingTo(slot, null);
        cluster.slots.setImportingFrom(slot, null);
      }
      case NODE -> {
        if (node != null) give(slot, node, request.slotHasKeys());
      }
    }
    cluster.save();
    cluster.judge();
    return Answer.OK;
  }

  private @Nullable String refusal(SetSlot request, @Nullable Node node) {
    if (cluster.self.isReplica() && !request.fromPrimary()) {
      return "Please use SETSLOT only with masters.";
    }
    int slot = request.slot();
    boolean mine = cluster.slots.owner(slot) == cluster.self;
    switch (request.change()) {
      case MIGRATING -> {
        if (cluster.self.isPrimary() && !mine) return "I'm not the owner of hash slot " + slot;
        if (node == null) return "I don't know about node " + request.node();
      }
      case IMPORTING -> {
        if (mine) return "I'm already the owner of hash slot " + slot;
        if (node == null) return "I don't know about node " + request.node();
      }
      case NODE -> {
        if (node == null) return "Unknown node " + request.node();
      }
      case STABLE -> {
        return null;
      }
    }
    if (node == null || node.isReplica()) return "Target node is not a master";
    boolean givesAway = request.change() == ClusterRequest.SlotChange.NODE && mine;
    if (givesAway && !node.isMyself() && request.slotHasKeys()) {
      return "Can't assign hashslot "
          + slot
          + " to a different node while I still hold keys for this hash slot.";
    }
    return null;
  }

  private void give(int slot, Node node, boolean slotHasKeys) {
    SlotOwners slots = cluster.slots;
    Node shardPrimary = cluster.myPrimaryOrMe();
    if (!slotHasKeys && slots.migratingTo(slot) != null) slots.setMigratingTo(slot, null);
    boolean wasOurs = slots.owner(slot) == shardPrimary;
    cluster.assign(slot, node);
    if (wasOurs
        && shardPrimary.slotCount == 0
        && node != shardPrimary
        && cluster.config.allowReplicaMigration()) {
      cluster.notice("gave the last slot to " + node + ", following it");
      roles.follow(node, true, node.sameShard(cluster.self));
      return;
    }
    boolean ours = node == cluster.self || node == cluster.self.primary;
    if (!ours || slots.importingFrom(slot) == null) return;
    slots.setImportingFrom(slot, null);
    if (!node.isMyself()) return;
    epochs.bump();
    cluster.saveGain();
    outbox.pongToAll();
  }

  /** Marks that came with the primary's data; a primary by now has its own. */
  Answer adoptMarks(List<SlotMark> marks) {
    if (cluster.self.isPrimary()) return Answer.OK;
    if (cluster.slots.anyOpen()) cluster.slots.closeAll();
    for (SlotMark mark : marks) {
      Node node = cluster.nodes.find(mark.node());
      if (mark.importing()) cluster.slots.setImportingFrom(mark.slot(), node);
      else cluster.slots.setMigratingTo(mark.slot(), node);
    }
    cluster.save();
    return Answer.OK;
  }
}
