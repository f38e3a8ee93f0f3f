package io.hashslot.bus.core;

import io.hashslot.slot.SlotSet;
import org.jspecify.annotations.Nullable;

/**
 * The change of owner at the end of an atomic slot migration. No vote is needed: the owner has
 * granted the slots to one node, which takes them under a new epoch, and everybody else learns it
 * from that node's claim.
 *
 * <p>What is left is the case that the other node is never heard of again. The owner then takes an
 * epoch that beats the one under which the other could have taken the slots: if it has, and comes
 * back one day, its claim is stale.
 */
final class SlotHandover {
  private final Cluster cluster;
  private final Outbox outbox;
  private final Epochs epochs;

  SlotHandover(Cluster cluster, Outbox outbox, Epochs epochs) {
    this.cluster = cluster;
    this.outbox = outbox;
    this.epochs = epochs;
  }

  Answer take(ClusterRequest.TakeSlots request) {
    if (cluster.self.isReplica()) return Answer.error("I am not a primary");
    if (cluster.nowMs() > request.notAfterMonotonicMs()) {
      return Answer.error("The slots were granted too long ago");
    }
    Node owner = cluster.nodes.find(request.from());
    String refusal = refusal(request.slots(), owner);
    if (refusal != null) return Answer.error(refusal);
    request
        .slots()
        .forEach(
            slot -> {
              cluster.slots.setImportingFrom(slot, null);
              cluster.assign(slot, cluster.self);
            });
    epochs.bump();
    settle();
    return Answer.OK;
  }

  Answer reclaim(SlotSet slots) {
    if (cluster.self.isReplica()) return Answer.error("I am not a primary");
    String refusal = refusal(slots, cluster.self);
    if (refusal != null) return Answer.error(refusal);
    epochs.outbid();
    settle();
    return Answer.OK;
  }

  private @Nullable String refusal(SlotSet slots, @Nullable Node owner) {
    for (int slot = slots.next(0); slot >= 0; slot = slots.next(slot + 1)) {
      if (owner == null || cluster.slots.owner(slot) != owner) {
        return "Slot " + slot + " has another owner by now";
      }
    }
    return null;
  }

  private void settle() {
    cluster.saveSynced();
    cluster.judge();
    outbox.pongToAll();
  }
}
