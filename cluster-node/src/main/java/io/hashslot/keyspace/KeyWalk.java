package io.hashslot.keyspace;

/**
 * Walks over the current database of an execution: SCAN, RANDOMKEY, the keys of a slot. A cursor of
 * SCAN is the cursor within a table, followed by the number of the table in the low bits (as many
 * as it takes: none with one table). Tables are numbered shard by shard.
 */
final class KeyWalk {
  /**
   * A replica cannot delete expired keys; after so many of them RANDOMKEY takes what it gets, as
   * Redis does.
   */
  private static final int RANDOM_TRIES = 100;

  private static final int NONE = -1;

  private final Lookup lookup;
  private final Keyspace keyspace;
  private final Shards shards;
  private final FoundEntries found = new FoundEntries();

  /** Whence {@link #pick} has taken its entry. */
  private Shard pickedFrom;

  /** Where the last step of a scan has come to in its table. */
  private long after;

  KeyWalk(Lookup lookup) {
    this.lookup = lookup;
    keyspace = lookup.keyspace;
    shards = keyspace.shards();
    pickedFrom = shards.shard(0);
  }

  long scan(long cursor, int wanted, EntryVisitor visitor) {
    int tablesPerShard = keyspace.tablesPerShard();
    int bits = Integer.numberOfTrailingZeros(tablesPerShard * shards.count());
    int number = (int) (cursor & (1L << bits) - 1);
    long position = cursor >>> bits;
    int entered = NONE;
    int looked = 0;
    try {
      while (number < 1 << bits) {
        int index = number / tablesPerShard;
        ShardDatabase tables = shards.shard(index).databases[lookup.database];
        if (tables.visibleKeys() == 0) {
          position = 0;
          number = (index + 1) * tablesPerShard;
          continue;
        }
        if (index != entered && !lookup.holds(index)) {
          leave(entered);
          entered = NONE;
          if (looked >= wanted || shards.tryEnter(1L << index) != Shards.ENTERED) {
            return position << bits | number;
          }
          entered = index;
          continue;
        }
        int table = tables.nextVisibleTable(number % tablesPerShard);
        if (table != number % tablesPerShard) {
          position = 0;
          number = index * tablesPerShard + table;
          continue;
        }
        if (looked >= wanted) {
          return position << bits | number;
        }
        looked += step(shards.shard(index), tables.tables[table], position, visitor);
        position = after;
        number += position == 0 ? 1 : 0;
      }
      return 0;
    } finally {
      leave(entered);
    }
  }

  /** Shows one bucket and what belongs to it; returns how many entries were looked at. */
  private int step(Shard shard, long descriptor, long position, EntryVisitor visitor) {
    shard.keyTable.wrap(descriptor);
    found.clear();
    after = shard.keyTable.scan(position, found);
    show(visitor, shard, lookup.holds(shard.index()));
    return Math.max(found.count(), 1);
  }

  private void leave(int shard) {
    if (shard != NONE) {
      shards.leave(1L << shard);
    }
  }

  private void show(EntryVisitor visitor, Shard shard, boolean held) {
    for (int i = 0; i < found.count(); i++) {
      long e = found.get(i);
      if (!lookup.expired(e)) {
        visitor.visit(lookup.database, shard.shown.wrap(e));
      } else if (held && lookup.expiryMode == ExpiryMode.DELETE) {
        // Elsewhere the lock would be gone before the deletion is journalled.
        lookup.expireFound(e);
      }
    }
  }

  boolean random(EntryVisitor visitor) {
    for (int tries = 1; ; tries++) {
      long size = keyspace.size(lookup.database);
      if (size == 0) {
        return false;
      }
      long e = pick(Math.unsignedMultiplyHigh(lookup.nextRandom(), size));
      if (!lookup.expired(e) || lookup.expiryMode == ExpiryMode.HIDE && tries >= RANDOM_TRIES) {
        visitor.visit(lookup.database, pickedFrom.shown.wrap(e));
        return true;
      }
      if (lookup.expiryMode == ExpiryMode.DELETE) {
        lookup.expireFound(e);
      }
    }
  }

  /** Some key of the table in which the key with this number is. */
  private long pick(long rank) {
    int shardIndex = 0;
    long left = rank;
    while (true) {
      Shard shard = shards.shard(shardIndex++);
      ShardDatabase tables = shard.databases[lookup.database];
      if (left < tables.visibleKeys()) {
        pickedFrom = shard;
        shard.keyTable.wrap(tables.tables[tables.tableOf(left)]);
        return shard.keyTable.sample(lookup.randomBits);
      }
      left -= tables.visibleKeys();
    }
  }

  void inSlot(int slot, int max, EntryVisitor visitor) {
    Shard shard = shards.shard(keyspace.shardOfSlot(slot));
    long descriptor = shard.databases[lookup.database].tables[keyspace.tableOfSlot(slot)];
    long position = 0;
    int shown = 0;
    while (descriptor != 0 && shown < max) {
      shard.keyTable.wrap(descriptor);
      found.clear();
      position = shard.keyTable.scan(position, found);
      for (int i = 0; i < found.count() && shown < max; i++, shown++) {
        visitor.visit(lookup.database, shard.shown.wrap(found.get(i)));
      }
      if (position == 0) {
        return;
      }
    }
  }
}
