package io.hashslot.keyspace;

import io.hashslot.structure.ScanTable;
import io.hashslot.value.Kind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The part of one database that lives in one shard: its tables and their counts. Tables are made on
 * first use and dropped when empty. Counts are also kept by groups of tables, as many groups as
 * there are tables in a group, so that walks skip what is empty and a fair choice among thousands
 * of tables looks at few of them.
 */
final class ShardDatabase {
  private static final VarHandle KEYS;
  private static final VarHandle EXPIRING;
  private static final VarHandle HIDDEN;

  static {
    try {
      KEYS = MethodHandles.lookup().findVarHandle(ShardDatabase.class, "keys", long.class);
      EXPIRING = MethodHandles.lookup().findVarHandle(ShardDatabase.class, "expiring", long.class);
      HIDDEN = MethodHandles.lookup().findVarHandle(ShardDatabase.class, "hiddenKeys", long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private final Shard shard;

  /** Descriptors of the tables, 0 where there is none. */
  final long[] tables;

  /** Descriptors of the indexes of those entries that have an expiry. */
  final long[] expiries;

  /** Which database this was when the open cut was opened. */
  int cutIndex;

  /** Tables whose keys nobody is to see, or null if there are none. */
  private boolean @Nullable [] hidden;

  private long hiddenKeys;
  private final int groupShift;
  private final int[] groups;
  private long keys;
  private long expiring;

  /** What a table is made for, while data is being loaded. */
  private long keysToCome;

  private long expiringToCome;

  ShardDatabase(Shard shard, int tableCount) {
    this.shard = shard;
    tables = new long[tableCount];
    expiries = new long[tableCount];
    groupShift = (31 - Integer.numberOfLeadingZeros(tableCount)) / 2;
    groups = new int[tableCount >>> groupShift];
  }

  Shard shard() {
    return shard;
  }

  /** Tables that are made from now on get so many keys each, about, and so many with an expiry. */
  void expect(long keysOfTable, long expiringOfTable) {
    keysToCome = keysOfTable;
    expiringToCome = expiringOfTable;
  }

  /** Keys in all tables; may be read without the lock. */
  long keys() {
    return (long) KEYS.getOpaque(this);
  }

  /** Keys with an expiry in all tables; may be read without the lock. */
  long expiring() {
    return (long) EXPIRING.getOpaque(this);
  }

  /** Keys in the tables that are not {@linkplain #hide hidden}; may be read without the lock. */
  long visibleKeys() {
    // While data comes into hidden tables the two are not of the same moment.
    return Math.max(0, keys() - (long) HIDDEN.getOpaque(this));
  }

  /** Keeps the keys of a table from being seen, or shows them again. */
  void hide(int table, boolean yes) {
    boolean[] now = hidden;
    if (now == null) {
      now = new boolean[tables.length];
      hidden = now;
    }
    if (now[table] != yes) {
      now[table] = yes;
      long its = tables[table] == 0 ? 0 : keysOf(table);
      HIDDEN.setOpaque(this, hiddenKeys + (yes ? its : -its));
    }
  }

  /** Shows all tables. */
  void hideNothing() {
    hidden = null;
    HIDDEN.setOpaque(this, 0L);
  }

  /** Whether the keys of a table are not to be seen. */
  boolean hides(int table) {
    boolean[] now = hidden;
    return now != null && now[table];
  }

  private void countHidden(int table, int more) {
    if (hidden != null && hidden[table]) {
      HIDDEN.setOpaque(this, hiddenKeys + more);
    }
  }

  long keysOf(int table) {
    return ScanTable.size(tables[table]);
  }

  /** The entry of a key, or 0; the shard's table flyweight stands on it. */
  long find(int table, long hash, long key, int length) {
    long descriptor = tables[table];
    if (descriptor == 0) {
      return 0;
    }
    KeyTable index = shard.keyTable;
    index.wrap(descriptor);
    return index.find(hash, key, length);
  }

  /** Where a search for a key would begin, or 0. */
  long bucketFor(Key key) {
    long descriptor = tables[key.table()];
    if (descriptor == 0) {
      return 0;
    }
    shard.keyTable.wrap(descriptor);
    return shard.keyTable.bucketFor(key.hash());
  }

  void insert(int table, long hash, long entry) {
    if (tables[table] == 0) {
      tables[table] = ScanTable.createFor(keysToCome, shard.arena);
    }
    shard.keyTable.wrap(tables[table]);
    shard.keyTable.insert(hash, entry);
    KEYS.setOpaque(this, keys + 1);
    countHidden(table, 1);
    groups[table >>> groupShift]++;
    if (Entry.hasExpiry(entry)) {
      insertExpiry(table, hash, entry);
    }
  }

  /** Takes an entry out of its indexes; the block itself stays. */
  void remove(int table, long hash, long entry) {
    KeyTable index = shard.keyTable;
    index.wrap(tables[table]);
    index.standOn(hash, entry);
    index.remove();
    if (index.size() == 0) {
      index.destroy();
      tables[table] = 0;
    }
    KEYS.setOpaque(this, keys - 1);
    countHidden(table, -1);
    groups[table >>> groupShift]--;
    if (Entry.hasExpiry(entry)) {
      removeExpiry(table, hash, entry);
    }
  }

  /** An entry has moved to another block; its expiry flag may have changed, too. */
  void moved(int table, long hash, long from, boolean hadExpiry, long to) {
    KeyTable index = shard.keyTable;
    index.wrap(tables[table]);
    index.standOn(hash, from);
    index.replace(to);
    boolean hasExpiry = Entry.hasExpiry(to);
    if (hadExpiry && hasExpiry) {
      shard.expiryTable.wrap(expiries[table]);
      shard.expiryTable.standOn(hash, from);
      shard.expiryTable.replace(to);
    } else if (hadExpiry) {
      removeExpiry(table, hash, from);
    } else if (hasExpiry) {
      insertExpiry(table, hash, to);
    }
  }

  /** Deletes an entry; an open cut that has not seen it gets it first. */
  void drop(int table, long hash, long entry) {
    beforeChange(entry);
    remove(table, hash, entry);
    free(entry);
  }

  /** Gives back an entry with everything it owns; a big collection is left to be reclaimed. */
  void free(long entry) {
    disposeValue(entry);
    Entry.free(shard, entry);
  }

  /** Frees what the value of an entry owns beside the entry. */
  void disposeValue(long entry) {
    Kind kind = Entry.kind(entry);
    if (kind != Kind.STRING) {
      shard.debris.dispose(
          kind, Entry.encoding(entry), Entry.stringAddress(entry), Entry.valueLength(entry));
    }
  }

  /**
   * To be called before an entry changes or goes: an open cut that has not seen it yet gets it as
   * it is.
   */
  void beforeChange(long entry) {
    if (shard.observer != null && Entry.cut(entry) != shard.cut) {
      shard.frozen.add(shard.observer.take(shard.index(), cutIndex, shard.seen.wrap(entry)));
      Entry.putCut(entry, shard.cut);
    }
  }

  /** Deletes all keys at once; their entries are left to be reclaimed. */
  void flush() {
    for (int table = nextTable(0); table < tables.length; table = nextTable(table + 1)) {
      shard.debris.add(this, tables[table]);
      tables[table] = 0;
      if (expiries[table] != 0) {
        shard.expiryTable.wrap(expiries[table]);
        shard.expiryTable.destroy();
        expiries[table] = 0;
      }
    }
    KEYS.setOpaque(this, 0L);
    EXPIRING.setOpaque(this, 0L);
    HIDDEN.setOpaque(this, 0L);
    Arrays.fill(groups, 0);
  }

  /** Marks all entries as seen by this cut. */
  void markAll(byte cut) {
    for (int table = nextTable(0); table < tables.length; table = nextTable(table + 1)) {
      shard.keyTable.wrap(tables[table]);
      long cursor = 0;
      do {
        cursor = shard.keyTable.scan(cursor, entry -> Entry.putCut(entry, cut));
      } while (cursor != 0);
    }
  }

  /** The first table at or after this one that is not empty, or the number of tables. */
  int nextTable(int from) {
    int table = from;
    while (table < tables.length) {
      if (groups[table >>> groupShift] == 0) {
        table = (table >>> groupShift) + 1 << groupShift;
      } else if (tables[table] == 0) {
        table++;
      } else {
        return table;
      }
    }
    return tables.length;
  }

  /** The first table at or after this one that is neither empty nor hidden. */
  int nextVisibleTable(int from) {
    int table = nextTable(from);
    while (table < tables.length && hides(table)) {
      table = nextTable(table + 1);
    }
    return table;
  }

  /**
   * The table in which the key with this number is, counted over all that are not hidden; {@code
   * rank} is below {@link #visibleKeys}.
   */
  int tableOf(long rank) {
    if (hidden != null) {
      return tableAmongVisible(rank);
    }
    long left = rank;
    int group = 0;
    while (left >= groups[group]) {
      left -= groups[group++];
    }
    int table = group << groupShift;
    while (left >= keysOf(table)) {
      left -= keysOf(table++);
    }
    return table;
  }

  private int tableAmongVisible(long rank) {
    long left = rank;
    int table = nextTable(0);
    while (hides(table) || left >= keysOf(table)) {
      left -= hides(table) ? 0 : keysOf(table);
      table = nextTable(table + 1);
    }
    return table;
  }

  private void insertExpiry(int table, long hash, long entry) {
    if (expiries[table] == 0) {
      expiries[table] = ScanTable.createFor(expiringToCome, shard.arena);
    }
    shard.expiryTable.wrap(expiries[table]);
    shard.expiryTable.insert(hash, entry);
    EXPIRING.setOpaque(this, expiring + 1);
  }

  private void removeExpiry(int table, long hash, long entry) {
    KeyTable index = shard.expiryTable;
    index.wrap(expiries[table]);
    index.standOn(hash, entry);
    index.remove();
    if (index.size() == 0) {
      index.destroy();
      expiries[table] = 0;
    }
    EXPIRING.setOpaque(this, expiring - 1);
  }
}
