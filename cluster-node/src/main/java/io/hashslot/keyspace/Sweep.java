package io.hashslot.keyspace;

import io.hashslot.structure.ScanTable;
import java.util.function.BooleanSupplier;

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
  private int database;
  private int table;
  private long cursor;
  private int shown;

  /**
   * A sweep over one shard, to be used after {@link Keyspace#openCut}, with the shard's lock held
   * at every call of {@link #next}.
   */
  public Sweep(Shard shard, CutObserver observer) {
    this.shard = shard;
    entry = new Entry(shard);
    this.observer = observer;
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
      ShardDatabase tables = shard.cutOrder[database];
      int next = cursor == 0 ? tables.nextTable(table) : table;
      if (next == tables.tables.length) {
        database++;
        table = 0;
        continue;
      }
      table = next;
      if (tables.tables[table] == 0) {
        cursor = 0;
      } else {
        shard.keyTable.wrap(tables.tables[table]);
        cursor = shard.keyTable.scan(cursor, bucketVisitor);
      }
      if (cursor == 0) {
        table++;
      }
    }
    if (database < shard.cutOrder.length) {
      return true;
    }
    shard.cutFinished();
    return false;
  }

  private void show(long e) {
    if (Entry.cut(e) != shard.cut) {
      Entry.putCut(e, shard.cut);
      shown++;
      shard.frozen.add(observer.take(shard.index(), database, entry.wrap(e)));
    }
  }
}
