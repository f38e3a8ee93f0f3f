package io.hashslot.dispatch;

import io.hashslot.command.CommandFlag;
import io.hashslot.command.CommandSpec;
import io.hashslot.command.KeyPositions;
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

  private final Keys keys;
  private final Shards shards;
  private final boolean cluster;
  private final KeyPositions positions = new KeyPositions();
  private long mask;
  private int slot;

  Planner(Keys keys, boolean cluster) {
    this.keys = keys;
    this.cluster = cluster;
    shards = keys.keyspace().shards();
  }

  /** Returns the shards to enter. */
  long mask() {
    return mask;
  }

  /** Returns the slot of all keys, {@link #NO_SLOT}, or {@link SlotGate#CROSS_SLOT}. */
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
    add(command, request);
  }

  /** Plans {@code EXEC}: all that was queued, and the keys that are watched. */
  void plan(Transaction transaction, Request watched) {
    mask = 0;
    slot = NO_SLOT;
    for (Transaction.Queued queued : transaction.queued()) {
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
      slot = slot == NO_SLOT || slot == its ? its : SlotGate.CROSS_SLOT;
    }
  }

  /**
   * Judges again what only changes under the locks, which are held: whose slot it is, and which
   * keys are here.
   *
   * @return the error to reply, or null
   */
  @Nullable String refuseInside(
      @Nullable SlotGate gate, Session session, CommandSpec command, long nowMs) {
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
    String refusal = gate.refuse(session, command, slot, command.has(CommandFlag.WRITE));
    if (refusal != null || !gate.open(slot)) {
      return refusal;
    }
    keys.at(nowMs);
    int present = present();
    return gate.refuseOpen(session, command, slot, present, keys.keyCount() - present);
  }

  /** Counts how many of the keys of the execution are present; under the locks. */
  private int present() {
    int present = 0;
    for (int i = 0; i < keys.keyCount(); i++) {
      if (keys.has(keys.keyAt(i))) {
        present++;
      }
    }
    return present;
  }

  @Nullable Key firstKey() {
    return keys.keyCount() == 0 ? null : keys.keyAt(0);
  }
}
