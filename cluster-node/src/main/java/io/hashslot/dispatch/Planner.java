package io.hashslot.dispatch;

import io.hashslot.command.CommandFlag;
import io.hashslot.command.CommandSpec;
import io.hashslot.command.KeyPositions;
import io.hashslot.dispatch.SlotGate.Found;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;
import io.hashslot.keyspace.Shards;
import io.hashslot.resp.Request;
import io.hashslot.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Finds the keys of a request and what follows from them: the shards to enter, and the slot they
 * share. The keys stay in {@link Keys}, located, for the body.
 */
final class Planner {
  /** In place of a slot: the request names no key. */
  static final int NO_SLOT = -1;

  /** In place of a slot: the keys are of several. */
  private static final int CROSS_SLOT = -2;

  private final Keys keys;
  private final Shards shards;
  private final boolean cluster;
  private final KeyPositions positions = new KeyPositions();
  private final KeysAtHand keysAtHand;
  private long mask;
  private int slot;

  /** What was planned is its EXEC; null if it is something else. */
  private @Nullable Transaction transaction;

  Planner(Keys keys, boolean cluster) {
    this.keys = keys;
    this.cluster = cluster;
    shards = keys.keyspace().shards();
    keysAtHand = new KeysAtHand(keys);
  }

  /** Returns the shards to enter. */
  long mask() {
    return mask;
  }

  /** Returns the slot of all keys, {@link #NO_SLOT}, or {@link #CROSS_SLOT}. */
  int slot() {
    return slot;
  }

  /** Tells whether the request enters all shards. */
  boolean everywhere() {
    return mask == shards.all();
  }

  /** Plans one request. The keys' flyweights are those of the execution that has begun. */
  void plan(CommandSpec command, Request request) {
    mask = 0;
    slot = NO_SLOT;
    transaction = null;
    add(command, request);
  }

  /** Plans {@code EXEC}: all that was queued, and the keys that are watched. */
  void plan(Transaction begun, Request watched) {
    mask = 0;
    slot = NO_SLOT;
    transaction = begun;
    for (Transaction.Queued queued : begun.queued()) {
      add(queued.command(), queued.request());
      if (queued.command().shards() != null) {
        // Others than the first could be busy with nobody to wait for them.
        mask = shards.all();
      }
    }
    // Watched keys need their locks, but may be of any slot.
    int shared = slot;
    for (int i = 0; i < watched.count(); i++) {
      mask |= keys.key(watched.address(i), watched.length(i), -1).shardMask();
    }
    slot = shared;
  }

  private void add(CommandSpec command, Request request) {
    if (command.has(CommandFlag.ALL_SHARDS)) {
      mask = shards.all();
    }
    int single = command.singleKey();
    if (single > 0) {
      add(keys.key(request.address(single), request.length(single), single));
      return;
    }
    if (command.takesKeys()) {
      positions.clear();
      command.collectKeys(request, positions);
      for (int i = 0; i < positions.count(); i++) {
        int argument = positions.argument(i);
        add(keys.key(request.address(argument), request.length(argument), argument));
      }
    }
    CommandSpec.ShardFinder others = command.shards();
    if (others != null) {
      mask |= others.shards(request, keys.keyspace());
    }
  }

  private void add(Key key) {
    mask |= key.shardMask();
    if (cluster) {
      int its = key.slot();
      slot = slot == NO_SLOT || slot == its ? its : CROSS_SLOT;
    }
  }

  /**
   * Judges what was planned by its slot, before the locks.
   *
   * @param flags of the command, and of what was queued if it is EXEC
   * @param nowNs monotonic time
   * @return the error to reply, or null
   */
  @Nullable String refuse(
      SlotGate gate, Session session, CommandSpec command, long flags, long nowNs) {
    if (slot == NO_SLOT) {
      return null;
    }
    if (slot == CROSS_SLOT) {
      return gate.refuseSeveral(keys.keyAt(0).slot());
    }
    return gate.refuse(session, command, slot, (flags & CommandFlag.WRITE.bit()) != 0, nowNs);
  }

  /**
   * Judges again what was planned, under the locks: whose slot it is, and which keys are here. Keys
   * come and go only under them.
   *
   * @return the error to reply, or null
   */
  @Nullable String refuseInside(
      @Nullable SlotGate gate, Session session, CommandSpec command, Request request, long nowMs) {
    if (gate == null || slot == NO_SLOT) {
      return null;
    }
    if (session.applied()) {
      SlotImport slotImport = session.get(SlotImport.SLOT);
      return slotImport == null ? null : slotImport.refuse(command, slot);
    }
    if (slot < 0) {
      return null;
    }
    Transaction queued = transaction;
    long flags = command.flagBits() | (queued == null ? 0 : queued.flagBits());
    boolean write = (flags & CommandFlag.WRITE.bit()) != 0;
    // The slot may change hands between two questions, so whose it is is asked last: one that is
    // not on the move may have left with all its keys, and what is missing is elsewhere then.
    boolean open = gate.open(slot);
    String refusal = gate.refuse(session, command, slot, write);
    if (refusal != null || !open) {
      return refusal;
    }
    keys.at(nowMs);
    Found found = keysAtHand.count(command, request, queued);
    refusal = gate.refuseOpen(session, command, slot, found);
    return refusal != null ? refusal : gate.refuse(session, command, slot, write);
  }
}
