package io.hashslot.keyspace;

import io.hashslot.memory.Arena;
import io.hashslot.value.EncodingLimits;
import io.hashslot.value.FrozenValue;
import io.hashslot.value.Kind;
import java.util.Arrays;
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

  /** The databases, and behind them the spare ones while there are any. */
  volatile ShardDatabase[] databases;

  final Debris debris;
  final ShardStats stats = new ShardStats();
  final EncodingLimits limits;
  final long hashSeed;

  /** For an open cut: what is about to change. */
  final Entry seen = new Entry(this);

  /** For visitors of walks. */
  final Entry shown = new Entry(this);

  /** Number of the newest cut: what new and changed entries are marked with. */
  byte cut;

  /**
   * The databases as they were numbered when the cut was opened: SWAPDB does not change what a cut
   * sees.
   */
  ShardDatabase[] cutOrder;

  /** Who takes the open cut, if one is open. */
  @Nullable CutObserver observer;

  /** What the cut has frozen. */
  final FrozenValues frozen = new FrozenValues();

  private static final int MAX_UNFINISHED_CUTS = 250;

  private final int index;
  private int unfinishedCuts;

  Shard(int index, KeyspaceSettings settings, EncodingLimits limits, int tableCount) {
    this.index = index;
    this.limits = limits;
    hashSeed = settings.hashSeed();
    arena = settings.arenas().get();
    keyTable = new KeyTable(arena, settings.hashSeed());
    expiryTable = new KeyTable(arena, settings.hashSeed());
    databases = withMore(new ShardDatabase[0], settings.databases(), tableCount);
    cutOrder = databases;
    debris = new Debris(this);
  }

  private ShardDatabase[] withMore(ShardDatabase[] present, int more, int tableCount) {
    ShardDatabase[] all = Arrays.copyOf(present, present.length + more);
    for (int i = present.length; i < all.length; i++) {
      all[i] = new ShardDatabase(this, tableCount);
    }
    return all;
  }

  /** Adds as many spare databases as there are. */
  void openSpare(int tableCount) {
    databases = withMore(databases, databases.length, tableCount);
  }

  /** Drops the spare databases, which are those from {@code count} on. */
  void closeSpare(int count) {
    for (int i = count; i < databases.length; i++) {
      databases[i].flush();
    }
    databases = Arrays.copyOf(databases, count);
    cutOrder = databases;
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

  /**
   * Bytes that are of no use to anybody but an open cut, which keeps them until it has written
   * them; they are part of what the arena says. May be read without the lock.
   */
  public long lentBytes() {
    return frozen.orphanBytes();
  }

  /** Opens a cut: entries with another number than the new one have not been seen by it. */
  void openCut(CutObserver by) {
    if (++unfinishedCuts == MAX_UNFINISHED_CUTS) {
      forgetOldCuts();
    }
    cut++;
    observer = by;
    cutOrder = databases.clone();
    for (int i = 0; i < databases.length; i++) {
      databases[i].cutIndex = i;
    }
  }

  /** All entries have been seen by the open cut. */
  void cutFinished() {
    unfinishedCuts = 0;
  }

  /**
   * Cut numbers come around after 256 cuts. An entry that so many cuts in a row have not reached,
   * because each was given up, would then look as if it had been seen: so mark all before.
   */
  private void forgetOldCuts() {
    unfinishedCuts = 1;
    for (ShardDatabase database : databases) {
      database.markAll(cut);
    }
  }

  void closeCut() {
    observer = null;
    cutOrder = databases;
  }

  /** Frees the far block of an entry; an open cut that has frozen the string in it keeps it. */
  void freeFar(long block, long capacity) {
    FrozenValue string = frozen.find(block);
    if (string == null) {
      arena.free(block, capacity);
    } else {
      frozen.orphan(string, new Debris.Root(Kind.STRING, 0, block, capacity));
    }
  }

  /**
   * Frees some of the entries that flushes have left behind.
   *
   * @param entries about how many
   * @return whether there are more
   */
  public boolean reclaim(int entries) {
    return debris.reclaim(entries);
  }
}
