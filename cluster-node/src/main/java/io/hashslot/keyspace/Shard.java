package io.hashslot.keyspace;

import io.hashslot.memory.Arena;
import org.jspecify.annotations.Nullable;

/**
 * One shard: a lock, an arena, and its part of every database. Everything but the lock may be
 * touched only while the lock is held.
 */
public final class Shard {
  final ShardLock lock = new ShardLock();
  final Arena arena;
  final KeyTable keyTable;
  final KeyTable expiryTable;
  final ShardDatabase[] databases;
  final ShardStats stats = new ShardStats();

  /** Number of the newest cut: what new and changed entries are marked with. */
  byte cut;

  /** Who takes the open cut, if one is open. */
  @Nullable CutObserver observer;

  private final int index;
  private final Entry entry = new Entry();

  Shard(int index, KeyspaceSettings settings, int tableCount) {
    this.index = index;
    arena = settings.arenas().get();
    keyTable = new KeyTable(arena, settings.hashSeed());
    expiryTable = new KeyTable(arena, settings.hashSeed());
    databases = new ShardDatabase[settings.databases()];
    for (int i = 0; i < databases.length; i++) {
      databases[i] = new ShardDatabase(this, tableCount);
    }
  }

  /** The number of this shard, from 0. */
  public int index() {
    return index;
  }

  /** The memory of this shard. */
  public Arena arena() {
    return arena;
  }

  /** What has happened in this shard; may be read without the lock. */
  public ShardStats stats() {
    return stats;
  }

  /** Deletes all keys of a database. */
  void flush(int database) {
    ShardDatabase tables = databases[database];
    for (int table = 0; table < tables.tables.length; table++) {
      while (tables.tables[table] != 0) {
        keyTable.wrap(tables.tables[table]);
        long e = keyTable.any();
        beforeChange(database, e);
        tables.remove(table, keyTable.hashOf(e), e);
        Entry.free(arena, e);
      }
    }
  }

  /**
   * To be called before an entry changes or goes: an open cut that has not seen it yet gets it as
   * it is.
   */
  void beforeChange(int database, long e) {
    if (observer != null && Entry.cut(e) != cut) {
      observer.preImage(database, entry.wrap(e));
      Entry.putCut(e, cut);
    }
  }
}
