package io.hashslot.keyspace;

import io.hashslot.slot.SlotSet;
import io.hashslot.structure.ScanTable;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Shows the entries of one shard to whoever takes an open cut, a slice at a time, while writes go
 * on in between: each entry that an open cut has not seen yet, once, and it is seen from then on.
 * Entries that are changed or deleted before the sweep reaches them are handed to the {@link
 * CutObserver} instead; entries born after the cut are skipped. Together both get exactly what was
 * there at the moment of the cut.
 */
public final class Sweep {
  private static final int RECLAIMED_AT_ONCE = 32;

  private final Shard shard;
  private final CutObserver observer;
  private final Entry entry;
  private final ScanTable.Visitor bucketVisitor = this::show;

  /** Which tables are shown; null for all. */
  private final @Nullable IntPredicate tables;

  private int database;
  private int table;
  private long cursor;
  private int shown;

  /**
   * A sweep over one shard, to be used after {@link Keyspace#openCut}, with the shard's lock held
   * at every call of {@link #next}.
   */
  public Sweep(Shard shard, CutObserver observer) {
    this(shard, observer, null);
  }

  private Sweep(Shard shard, CutObserver observer, @Nullable IntPredicate tables) {
    this.shard = shard;
    this.tables = tables;
    entry = new Entry(shard);
    this.observer = observer;
  }

  /** A sweep over the keys of some slots in a shard; cluster mode only. */
  public static Sweep of(SlotSet slots, Keyspace keyspace, Shard shard, CutObserver observer) {
    return new Sweep(
        shard, observer, table -> slots.contains(keyspace.slotOf(shard.index(), table)));
  }

  /**
   * Goes on for about {@code entries} entries.
   *
   * @param enough asked every few entries: ends it earlier
   * @return whether there may be more
   */
  public boolean next(int entries, BooleanSupplier enough) {
    for (int left = entries; shard.reclaim(RECLAIMED_AT_ONCE); ) {
      left -= RECLAIMED_AT_ONCE;
      if (left <= 0 || enough.getAsBoolean()) {
        return true;
      }
    }
    shown = 0;
    int looked = 0;
    while (database < shard.cutOrder.length
        && shown < entries
        && looked++ < entries
        && !enough.getAsBoolean()) {
      ShardDatabase part = shard.cutOrder[database];
      int next = cursor == 0 ? nextTable(part) : table;
      if (next == part.tables.length) {
        database++;
        table = 0;
        continue;
      }
      table = next;
      if (part.tables[table] == 0) {
        cursor = 0;
      } else {
        shard.keyTable.wrap(part.tables[table]);
        cursor = shard.keyTable.scan(cursor, bucketVisitor);
      }
      if (cursor == 0) {
        table++;
      }
    }
    if (database < shard.cutOrder.length) {
      return true;
    }
    if (tables == null) {
      shard.cutFinished();
    }
    return false;
  }

  private int nextTable(ShardDatabase part) {
    int next = part.nextTable(table);
    while (tables != null && next < part.tables.length && !tables.test(next)) {
      next = part.nextTable(next + 1);
    }
    return next;
  }

  private void show(long e) {
    if (Entry.cut(e) != shard.cut) {
      Entry.putCut(e, shard.cut);
      shown++;
      shard.frozen.add(observer.take(shard.index(), database, entry.wrap(e)));
    }
  }
}
