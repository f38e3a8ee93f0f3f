package io.hashslot.keyspace;

import io.hashslot.structure.ScanTable;

/**
 * How one execution finds entries: in which database, at which moment, and what it does with those
 * whose time has come. {@link Keys} is its public face.
 */
final class Lookup {
  final Keyspace keyspace;
  final KeyspaceEvents events;
  int database;
  long nowMs;
  ExpiryMode expiryMode = ExpiryMode.DELETE;

  /** Whether lookups count as accesses. */
  boolean touching = true;

  /** The shards this execution holds, as a bit mask. */
  long held;

  private final Shards shards;
  private final AccessClock accessClock;
  private final Key victim = new Key();

  /** Random bits for choices and guesses, not for secrets. */
  final ScanTable.RandomBits randomBits = this::nextRandom;

  private long random;

  Lookup(Keyspace keyspace, KeyspaceEvents events) {
    this.keyspace = keyspace;
    this.events = events;
    shards = keyspace.shards();
    accessClock = keyspace.accessClock();
    // Few bits of the secret, since choices let everybody work out where they began.
    random = ((keyspace.hashSeed() >>> 48) + 1) * 0x9E3779B97F4A7C15L;
  }

  /** The part of the current database in which a key is. */
  ShardDatabase tables(Key key) {
    return shards.shard(key.shard()).databases[database];
  }

  /** The entry of a key, expired or not, or 0. */
  long locate(Key key) {
    return locate(key, database);
  }

  long locate(Key key, int index) {
    return shards
        .shard(key.shard())
        .databases[index]
        .find(key.table(), key.hash(), key.address(), key.length());
  }

  /** The entry of a key whose time has not come, or 0. */
  long live(Key key, boolean forWrite) {
    long entry = locate(key);
    if (entry == 0 || !Entry.hasExpiry(entry) || nowMs <= Entry.expireAtMs(entry)) {
      return entry;
    }
    return switch (expiryMode) {
      case IGNORE -> entry;
      case HIDE -> {
        if (forWrite) {
          tables(key).drop(key.table(), key.hash(), entry);
        }
        yield 0;
      }
      case DELETE -> {
        expire(key, entry);
        yield 0;
      }
    };
  }

  private void expire(Key key, long entry) {
    events.expired(database, key);
    shards.shard(key.shard()).stats.expire();
    tables(key).drop(key.table(), key.hash(), entry);
  }

  /** Looks up for a read: an access, and a hit or miss. */
  long read(Key key) {
    long entry = live(key, false);
    count(key, entry);
    touch(entry);
    return entry;
  }

  /** Looks up for a change: an access. */
  long write(Key key) {
    long entry = live(key, true);
    touch(entry);
    return entry;
  }

  void count(Key key, long entry) {
    ShardStats stats = shards.shard(key.shard()).stats;
    if (entry == 0) {
      stats.miss();
      events.missed(database, key);
    } else {
      stats.hit();
    }
  }

  private void touch(long entry) {
    if (entry != 0 && touching) {
      Entry.putClock(entry, accessClock.touched(Entry.clock(entry), nowMs, nextRandom()));
    }
  }

  boolean holds(int shard) {
    return (held & 1L << shard) != 0;
  }

  /** Whether an entry's time has come, as this execution sees it. */
  boolean expired(long entry) {
    return Entry.hasExpiry(entry)
        && nowMs > Entry.expireAtMs(entry)
        && expiryMode != ExpiryMode.IGNORE;
  }

  /** Deletes an entry that a walk has found expired. */
  void expireFound(long entry) {
    keyspace.locate(victim, Entry.keyAddress(entry), Entry.keyLength(entry), -1);
    expire(victim, entry);
  }

  long nextRandom() {
    random ^= random << 13;
    random ^= random >>> 7;
    random ^= random << 17;
    return random;
  }
}
