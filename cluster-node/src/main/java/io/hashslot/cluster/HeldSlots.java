package io.hashslot.cluster;

import io.hashslot.keyspace.ExpiryMode;
import io.hashslot.keyspace.Keys;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.keyspace.KeyspaceEvents;
import io.hashslot.keyspace.Shards;
import io.hashslot.slot.SlotSet;
import io.hashslot.slot.Slots;

/** Of which slots a server holds keys, whoever owns them, in whatever database. */
public final class HeldSlots {
  private HeldSlots() {}

  /** Returns the slots with at least one key. May wait for shards: not for an event loop. */
  public static SlotSet of(Keyspace keyspace) {
    SlotSet slots = new SlotSet();
    Shards shards = keyspace.shards();
    Keys keys = keyspace.newKeys(KeyspaceEvents.NONE);
    shards.enterSlow(shards.all());
    try {
      keys.begin(0, ExpiryMode.IGNORE);
      for (int slot = 0; slot < Slots.COUNT; slot++) {
        if (count(keys, slot) > 0) {
          slots.add(slot);
        }
      }
    } finally {
      shards.leave(shards.all());
    }
    return slots;
  }

  /**
   * Returns how many keys a slot has in all databases, expired ones included; the slot's shard must
   * have been entered.
   */
  public static long count(Keys keys, int slot) {
    int selected = keys.database();
    long sum = 0;
    for (int database = 0; database < keys.keyspace().databases(); database++) {
      keys.select(database);
      sum += keys.countInSlot(slot);
    }
    keys.select(selected);
    return sum;
  }
}
