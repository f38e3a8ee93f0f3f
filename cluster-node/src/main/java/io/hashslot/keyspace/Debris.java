package io.hashslot.keyspace;

import io.hashslot.structure.ScanTable;
import java.util.ArrayDeque;

/**
 * Tables that flushes have cut off: no longer found by anybody, and freed a slice at a time. An
 * open cut still gets their entries.
 */
final class Debris {
  /**
   * {@code cut} is the shard's cut number at the flush: only a cut that was open by then had these
   * entries.
   */
  private record Table(ShardDatabase from, long descriptor, byte cut) {}

  private final Shard shard;
  private final KeyTable index;
  private final ArrayDeque<Table> tables = new ArrayDeque<>();
  private final ScanTable.Visitor freeing = this::free;
  private int freed;
  private int entriesFreed;
  private volatile long pending;
  private volatile long reclaimed;

  Debris(Shard shard) {
    this.shard = shard;
    index = new KeyTable(shard.arena, 0);
  }

  void add(ShardDatabase from, long descriptor) {
    tables.add(new Table(from, descriptor, shard.cut));
    pending += ScanTable.size(descriptor);
  }

  /** Entries still to be freed; may be read without the lock. */
  long pending() {
    return pending;
  }

  /** Entries freed so far; may be read without the lock. */
  long reclaimed() {
    return reclaimed;
  }

  /** Frees about so many entries; returns whether there are more. */
  boolean reclaim(int entries) {
    freed = 0;
    entriesFreed = 0;
    while (freed < entries && !tables.isEmpty()) {
      index.wrap(tables.element().descriptor);
      boolean more = true;
      while (more && freed < entries) {
        more = index.drain(freeing);
        freed++;
      }
      if (!more) {
        tables.remove();
      }
    }
    pending -= entriesFreed;
    reclaimed += entriesFreed;
    return !tables.isEmpty();
  }

  private void free(long entry) {
    Table table = tables.element();
    if (table.cut == shard.cut) {
      table.from.beforeChange(entry);
    }
    Entry.free(shard.arena, entry);
    freed++;
    entriesFreed++;
  }
}
