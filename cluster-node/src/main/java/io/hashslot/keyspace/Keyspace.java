package io.hashslot.keyspace;

import io.hashslot.function.FunctionLibraries;
import io.hashslot.slot.Slots;
import io.hashslot.structure.SeededHash;
import io.hashslot.value.EncodingLimits;
import io.hashslot.value.FrozenValue;

/**
 * All databases of a node, cut into shards.
 *
 * <p>A key's place: in cluster mode its slot, shard {@code slot & (shards - 1)}, one table for each
 * slot. Otherwise the high bits of its hash choose the shard, which has one table per database:
 * that spares the CRC16 and, with 16384 small tables less, a cache miss.
 *
 * <p>Bodies do not come here: they see one database through {@link Keys}, inside the shards that
 * their execution has entered.
 */
public final class Keyspace {
  /** What an index spends on one entry, in bytes, about. */
  public static final int INDEX_SHARE_BYTES = Entry.INDEX_SHARE_BYTES;

  private final KeyspaceSettings settings;
  private final Shards shards;
  private final AccessClock accessClock = new AccessClock();
  private final EncodingLimits limits = new EncodingLimits();
  private final FunctionLibraries functions = new FunctionLibraries();
  private final OwnExpiries ownExpiries = new OwnExpiries();
  private final int shardBits;
  private final int tablesPerShard;

  /** Makes empty databases. */
  public Keyspace(KeyspaceSettings settings) {
    this.settings = settings;
    shardBits = Integer.numberOfTrailingZeros(settings.shards());
    tablesPerShard = settings.cluster() ? Slots.COUNT >>> shardBits : 1;
    Shard[] all = new Shard[settings.shards()];
    for (int i = 0; i < all.length; i++) {
      all[i] = new Shard(i, settings, limits, tablesPerShard);
    }
    shards = new Shards(all);
  }

  public KeyspaceSettings settings() {
    return settings;
  }

  /** The shards and the way into them. */
  public Shards shards() {
    return shards;
  }

  /** How many databases there are. */
  public int databases() {
    return settings.databases();
  }

  /** How accesses are remembered in entries. */
  public AccessClock accessClock() {
    return accessClock;
  }

  /** Where the compact forms of values end; may be changed at any time. */
  public EncodingLimits limits() {
    return limits;
  }

  /** The function libraries that are saved with the data. */
  public FunctionLibraries functions() {
    return functions;
  }

  /** The keys that only this server knows to expire, if it is a replica that can be written to. */
  public OwnExpiries ownExpiries() {
    return ownExpiries;
  }

  /** A view for executions, to be used by one thread at a time. */
  public Keys newKeys(KeyspaceEvents events) {
    return new Keys(this, events);
  }

  /** A way to look at keys ahead of executions, to be used by one thread at a time. */
  public LookAhead newLookAhead() {
    return new LookAhead(this);
  }

  /**
   * Says that data is about to be loaded, so that tables are made large enough at once; 0 when that
   * is over. All shards must have been entered.
   *
   * @param keys how many keys will come into the database, about
   * @param expiring how many of them expire, about
   */
  public void expect(int database, long keys, long expiring) {
    int tables = tablesPerShard * shards.count();
    for (int i = 0; i < shards.count(); i++) {
      shards.shard(i).databases[database].expect(keys / tables, expiring / tables);
    }
  }

  /**
   * Keys in a database, but for those of {@linkplain #hide hidden} slots; exact under all locks,
   * otherwise as of a moment ago.
   */
  public long size(int database) {
    long sum = 0;
    for (int i = 0; i < shards.count(); i++) {
      sum += shards.shard(i).databases[database].visibleKeys();
    }
    return sum;
  }

  /**
   * Keeps the keys of a slot from being counted, walked over, expired and evicted, or ends that;
   * commands that name them find them. Cluster mode only; the slot's shard must have been entered.
   */
  public void hide(int slot, boolean yes) {
    for (ShardDatabase database : shards.shard(shardOfSlot(slot)).databases) {
      database.hide(tableOfSlot(slot), yes);
    }
  }

  /** Shows all slots. All shards must have been entered. */
  public void hideNothing() {
    for (int i = 0; i < shards.count(); i++) {
      for (ShardDatabase database : shards.shard(i).databases) {
        database.hideNothing();
      }
    }
  }

  /** Whether the keys of a slot are not to be seen; its shard must have been entered. */
  public boolean hides(int slot) {
    return shards.shard(shardOfSlot(slot)).databases[0].hides(tableOfSlot(slot));
  }

  /** Keys with an expiry in a database; exact under all locks, otherwise as of a moment ago. */
  public long expiring(int database) {
    long sum = 0;
    for (int i = 0; i < shards.count(); i++) {
      sum += shards.shard(i).databases[database].expiring();
    }
    return sum;
  }

  /** Bytes taken by entries and indexes, over all shards. */
  public long usedBytes() {
    long sum = 0;
    for (int i = 0; i < shards.count(); i++) {
      sum += shards.shard(i).arena.usedBytes();
    }
    return sum;
  }

  /**
   * Opens a cut: what is there now will be shown by one {@link Sweep} of each shard or, where
   * writes come first, handed to the observer. All shards must have been entered, and no cut may be
   * open.
   */
  public void openCut(CutObserver observer) {
    for (int i = 0; i < shards.count(); i++) {
      shards.shard(i).openCut(observer);
    }
  }

  /** Ends the cut in one shard, whose lock is held: nothing more is handed over from there. */
  public void closeCut(Shard shard) {
    shard.closeCut();
  }

  /**
   * A cut has written what it has frozen of a value, or gives it up; the lock of the shard is held.
   * {@link FrozenValue#release} is still the cut's to call.
   */
  public void thaw(Shard shard, FrozenValue value) {
    Debris.Root orphan = shard.frozen.remove(value);
    if (orphan != null) {
      shard.debris.add(orphan);
    }
  }

  /** Bytes that only an open cut keeps from being freed, over all shards. */
  public long lentBytes() {
    long sum = 0;
    for (int i = 0; i < shards.count(); i++) {
      sum += shards.shard(i).lentBytes();
    }
    return sum;
  }

  /**
   * Deletes all keys of a database. All shards must have been entered.
   *
   * @param sync whether the memory is freed at once; otherwise {@link DebrisCollector} does it, a
   *     slice at a time
   */
  public void flush(int database, boolean sync) {
    for (int i = 0; i < shards.count(); i++) {
      Shard shard = shards.shard(i);
      shard.databases[database].flush();
      if (sync) {
        shard.reclaim(Integer.MAX_VALUE);
      }
    }
  }

  /** Entries that flushes have left behind and that are still to be freed, over all shards. */
  public long pendingFrees() {
    long sum = 0;
    for (int i = 0; i < shards.count(); i++) {
      sum += shards.shard(i).debris.pending();
    }
    return sum;
  }

  /** Entries of flushes freed since the start, over all shards. */
  public long flushedFrees() {
    long sum = 0;
    for (int i = 0; i < shards.count(); i++) {
      sum += shards.shard(i).debris.reclaimed();
    }
    return sum;
  }

  /** Frees everything. All shards must have been entered, and nothing may be used afterwards. */
  public void close() {
    for (int database = 0; database < settings.databases(); database++) {
      flush(database, true);
    }
    for (int i = 0; i < shards.count(); i++) {
      shards.shard(i).arena.close();
    }
  }

  /** Bytes that the system keeps in memory for entries and indexes, over all shards. */
  public long residentBytes() {
    long sum = 0;
    for (int i = 0; i < shards.count(); i++) {
      sum += shards.shard(i).arena.residentBytes();
    }
    return sum;
  }

  /** Swaps two databases. All shards must have been entered. */
  public void swap(int one, int other) {
    for (int i = 0; i < shards.count(); i++) {
      ShardDatabase[] databases = shards.shard(i).databases;
      ShardDatabase kept = databases[one];
      databases[one] = databases[other];
      databases[other] = kept;
    }
  }

  /**
   * Makes a second, empty set of databases, numbered from {@link #databases} on: other data can be
   * gathered there. Nothing else sees them. All shards must have been entered, and no cut may be
   * open until {@link #closeSpare}.
   */
  public void openSpare() {
    for (int i = 0; i < shards.count(); i++) {
      shards.shard(i).openSpare(tablesPerShard);
    }
  }

  /** How many databases there are, spare ones among them; asked by who makes and drops those. */
  public int databasesWithSpare() {
    return shards.shard(0).databases.length;
  }

  /** Exchanges all databases with the spare ones. All shards must have been entered. */
  public void swapWithSpare() {
    for (int db = 0; db < settings.databases(); db++) {
      swap(db, settings.databases() + db);
    }
  }

  /**
   * Drops the spare databases; what is in them is left to be reclaimed. All shards must have been
   * entered.
   */
  public void closeSpare() {
    for (int i = 0; i < shards.count(); i++) {
      shards.shard(i).closeSpare(settings.databases());
    }
  }

  /** The shard of a slot; cluster mode only. */
  public int shardOfSlot(int slot) {
    return slot & settings.shards() - 1;
  }

  /** The shard that a cursor of SCAN stands in, as a bit mask. */
  public long shardOfCursor(long cursor) {
    int tables = tablesPerShard * shards.count();
    return 1L << (int) (cursor & tables - 1) / tablesPerShard;
  }

  int tablesPerShard() {
    return tablesPerShard;
  }

  /** The slot whose keys are in a table of a shard; cluster mode only. */
  int slotOf(int shard, int table) {
    return table << shardBits | shard;
  }

  int tableOfSlot(int slot) {
    return slot >>> shardBits;
  }

  /** The secret of the key hash. */
  long hashSeed() {
    return settings.hashSeed();
  }

  void locate(Key key, long address, int length, int argIndex) {
    long hash = SeededHash.hash(settings.hashSeed(), address, length);
    if (settings.cluster()) {
      int slot = Slots.of(address, length);
      key.set(address, length, hash, shardOfSlot(slot), tableOfSlot(slot), slot, argIndex);
    } else {
      key.set(address, length, hash, (int) (hash >>> 32 >>> 32 - shardBits), 0, -1, argIndex);
    }
  }
}
