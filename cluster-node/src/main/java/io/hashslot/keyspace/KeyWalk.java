package io.hashslot.keyspace;

import io.hashslot.structure.ScanTable;

/**
 * Walks over the current database of a {@link Keys}: SCAN, RANDOMKEY, the keys of a slot. A cursor
 * of SCAN is the cursor within a table, followed by the number of the table in the low bits (as
 * many as it takes: none with one table). Tables are numbered shard by shard.
 */
final class KeyWalk {
  /**
   * A replica cannot delete expired keys; after so many of them RANDOMKEY takes what it gets, as
   * Redis does.
   */
  private static final int RANDOM_TRIES = 100;

  private final Keys keys;
  private final Keyspace keyspace;
  private final Shards shards;
  private final FoundEntries found = new FoundEntries();
  private final ScanTable.RandomBits randomBits;
  private final Entry entry = new Entry();

  KeyWalk(Keys keys, Keyspace keyspace) {
    this.keys = keys;
    this.keyspace = keyspace;
    shards = keyspace.shards();
    randomBits = keys::nextRandom;
  }

  long scan(long cursor, int wanted, EntryVisitor visitor) {
    int tablesPerShard = keyspace.tablesPerShard();
    int bits = Integer.numberOfTrailingZeros(tablesPerShard * shards.count());
    int number = (int) (cursor & (1L << bits) - 1);
    long position = cursor >>> bits;
    int looked = 0;
    while (number < 1 << bits) {
      Shard shard = shards.shard(number / tablesPerShard);
      ShardDatabase tables = shard.databases[keys.database()];
      int table = number % tablesPerShard;
      if (tables.tables[table] == 0) {
        position = 0;
        int next = tables.nextTable(table);
        number += next - table;
        if (next == tablesPerShard) {
          continue;
        }
        table = next;
      }
      if (looked >= wanted) {
        return position << bits | number;
      }
      shard.keyTable.wrap(tables.tables[table]);
      found.clear();
      position = shard.keyTable.scan(position, found);
      looked += Math.max(found.count(), 1);
      show(visitor);
      if (position == 0) {
        number++;
      }
    }
    return 0;
  }

  private void show(EntryVisitor visitor) {
    for (int i = 0; i < found.count(); i++) {
      long e = found.get(i);
      if (!expired(e)) {
        visitor.visit(keys.database(), entry.wrap(e));
      } else if (keys.expiryMode() == ExpiryMode.DELETE) {
        keys.expireFound(e);
      }
    }
  }

  private boolean expired(long e) {
    return Entry.hasExpiry(e)
        && keys.nowMs() > Entry.expireAtMs(e)
        && keys.expiryMode() != ExpiryMode.IGNORE;
  }

  boolean random(EntryVisitor visitor) {
    for (int tries = 1; ; tries++) {
      long size = keyspace.size(keys.database());
      if (size == 0) {
        return false;
      }
      long e = pick(Math.unsignedMultiplyHigh(keys.nextRandom(), size));
      if (!expired(e) || keys.expiryMode() == ExpiryMode.HIDE && tries >= RANDOM_TRIES) {
        visitor.visit(keys.database(), entry.wrap(e));
        return true;
      }
      if (keys.expiryMode() == ExpiryMode.DELETE) {
        keys.expireFound(e);
      }
    }
  }

  /** Some key of the table in which the key with this number is. */
  private long pick(long rank) {
    int shardIndex = 0;
    long left = rank;
    while (true) {
      Shard shard = shards.shard(shardIndex++);
      ShardDatabase tables = shard.databases[keys.database()];
      if (left < tables.keys()) {
        shard.keyTable.wrap(tables.tables[tables.tableOf(left)]);
        return shard.keyTable.sample(randomBits);
      }
      left -= tables.keys();
    }
  }

  void inSlot(int slot, int max, EntryVisitor visitor) {
    Shard shard = shards.shard(keyspace.shardOfSlot(slot));
    long descriptor = shard.databases[keys.database()].tables[keyspace.tableOfSlot(slot)];
    long position = 0;
    int shown = 0;
    while (descriptor != 0 && shown < max) {
      shard.keyTable.wrap(descriptor);
      found.clear();
      position = shard.keyTable.scan(position, found);
      for (int i = 0; i < found.count() && shown < max; i++, shown++) {
        visitor.visit(keys.database(), entry.wrap(found.get(i)));
      }
      if (position == 0) {
        return;
      }
    }
  }
}
