package io.hashslot.bus.core;

import io.hashslot.slot.SlotSet;
import org.jspecify.annotations.Nullable;

/**
 * Applies what a primary says it owns. The greater config epoch wins; a slot is never taken from
 * its owner because a frame leaves it out. What I lose this way may make me a replica of the
 * winner.
 */
final class Claims {
  private final Cluster cluster;
  private final Epochs epochs;
  private final Roles roles;
  private final Outbox outbox;

  Claims(Cluster cluster, Epochs epochs, Roles roles, Outbox outbox) {
    this.cluster = cluster;
    this.epochs = epochs;
    this.roles = roles;
    this.outbox = outbox;
  }

  /**
   * Applies a claim.
   *
   * @param epoch its version
   * @param claimed the slots
   */
  void apply(Node claimer, long epoch, SlotSet claimed) {
    if (claimer.isMyself()) return;
    Node before = cluster.myPrimaryOrMe();
    var lostWithKeys = new SlotSet();
    boolean lostAny = false;
    // Sent before what is known, on another connection: what it leaves out was got since then.
    boolean overtaken = epoch < claimer.configEpoch;
    if (!overtaken) cluster.slots.markClaimed(claimer, claimed);
    SlotSet wanted = claimed.copy();
    wanted.removeAll(claimer.slots);
    for (int slot = wanted.next(0); slot >= 0; slot = wanted.next(slot + 1)) {
      Node owner = cluster.slots.owner(slot);
      if (!take(slot, claimer, epoch)) continue;
      if (owner == before) lostAny = true;
      if (owner == cluster.self) lostWithKeys.add(slot);
    }
    SlotOwners slots = cluster.slots;
    for (int slot = slots.nextOpen(0); slot >= 0; slot = slots.nextOpen(slot + 1)) {
      if (!overtaken && !claimed.contains(slot)) omit(slot, claimer, epoch);
    }
    settle(claimer, epoch, claimed, before, lostAny, lostWithKeys);
  }

  /** Whether the slot changed hands. */
  private boolean take(int slot, Node claimer, long epoch) {
    SlotOwners slots = cluster.slots;
    Node owner = slots.owner(slot);
    if (owner != null && !slots.unclaimed(slot) && owner.configEpoch >= epoch) return false;
    if (slots.migratingTo(slot) != null && !claimer.sameShard(cluster.self)) {
      slots.setMigratingTo(slot, null);
    }
    Node source = slots.importingFrom(slot);
    if (source != null && source != claimer) {
      // The source failed over within its shard: import goes on from its successor.
      slots.setImportingFrom(slot, source.sameShard(claimer) ? claimer : null);
    }
    cluster.assign(slot, claimer);
    // The claimer has it on its disk; who forgets what was heard is as if it had not heard yet.
    cluster.saveForcedSoon();
    cluster.judge();
    return true;
  }

  /** Somebody does not claim a slot that is open here. */
  private void omit(int slot, Node claimer, long epoch) {
    SlotOwners slots = cluster.slots;
    Node target = slots.migratingTo(slot);
    if (target != null
        && target != claimer
        && target.sameShard(claimer)
        && (target.configEpoch < epoch || target.isReplica())) {
      slots.setMigratingTo(slot, claimer);
      cluster.saveSynced();
    }
    if (slots.importingFrom(slot) == claimer && cluster.self.isPrimary())
      finishImport(slot, claimer);
  }

  /**
   * The source of an import let go of the slot: it was given to me, but its primary died before I
   * was told. Only if nobody else has it by now.
   */
  private void finishImport(int slot, Node source) {
    SlotOwners slots = cluster.slots;
    slots.setImportingFrom(slot, null);
    Node owner = slots.owner(slot);
    if (owner == null || owner == source) {
      cluster.assign(slot, cluster.self);
      epochs.bump();
      cluster.judge();
    }
    cluster.saveSynced();
  }

  private void settle(
      Node claimer,
      long epoch,
      SlotSet claimed,
      Node before,
      boolean lostAny,
      SlotSet lostWithKeys) {
    Node self = cluster.self;
    boolean sameShard = claimer.sameShard(self);
    boolean successor =
        lostAny
            || (sameShard
                && claimed.isEmpty()
                && self.slotCount == 0
                && self.primary != claimer
                && before.configEpoch < epoch);
    if (successor && before.slotCount == 0) {
      if (cluster.config.allowReplicaMigration() || sameShard) {
        roles.follow(claimer, !sameShard, sameShard);
        return;
      }
      cluster.notice("lost the last slot to " + claimer + " but may not follow it");
    }
    if (!lostWithKeys.isEmpty()) cluster.emit(new Effect.DeleteSlotKeys(lostWithKeys, true));
  }

  /** Tells a primary that claims a slot with an old epoch who owns it; one at a time. */
  void correct(Node claimer, long epoch, SlotSet claimed) {
    if (claimer.outbound == null) return;
    SlotSet disputed = claimed.copy();
    disputed.removeAll(claimer.slots);
    for (int slot = disputed.next(0); slot >= 0; slot = disputed.next(slot + 1)) {
      Node owner = cluster.slots.owner(slot);
      if (owner == null || cluster.slots.unclaimed(slot)) continue;
      if (owner.configEpoch > epoch) {
        outbox.update(claimer.outbound, owner);
        return;
      }
    }
  }

  /**
   * A third node tells what this one owns. That is news unless its claim of that epoch, or a newer
   * one, is known; not if a replica of it has told the epoch only.
   */
  void onUpdate(@Nullable Node owner, long epoch, SlotSet claimed) {
    if (owner == null || owner.isMyself() || owner.configEpoch > epoch) return;
    if (owner.configEpoch == epoch && owner.slotCount > 0) return;
    roles.markPrimary(owner);
    owner.configEpoch = epoch;
    cluster.saveSynced();
    apply(owner, epoch, claimed);
  }
}
