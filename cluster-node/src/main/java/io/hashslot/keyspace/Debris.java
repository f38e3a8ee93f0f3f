package io.hashslot.keyspace;

import io.hashslot.memory.Memory;
import io.hashslot.structure.ScanTable;
import io.hashslot.value.CollectionValue;
import io.hashslot.value.FrozenValue;
import io.hashslot.value.Kind;
import java.util.ArrayDeque;

/**
 * What nobody finds any more and is still to be freed, a slice at a time: tables that flushes have
 * cut off, whose entries an open cut still gets, and what big collections have left behind. Those
 * that an open cut has frozen come here when it is done with them.
 */
final class Debris {
  /**
   * {@code cut} is the shard's cut number at the flush: only a cut that was open by then had these
   * entries.
   */
  private record Table(ShardDatabase from, long descriptor, byte cut) {}

  /** The root of a collection without a key, in a block of its own; or a string that is a block. */
  record Root(Kind kind, int encoding, long address, long length) {}

  /** Elements that are freed with their key, at once. */
  private static final int FREED_AT_ONCE = 64;

  private final ArrayDeque<Root> roots = new ArrayDeque<>();
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

  /**
   * Frees what the root of a collection owns: at once if that is little, otherwise its root is kept
   * and the rest is done by {@link #reclaim}.
   */
  void dispose(Kind kind, int encoding, long root, int length) {
    FrozenValue frozen = shard.frozen.find(CollectionValue.handle(kind, encoding, root));
    if (frozen == null
        && CollectionValue.dispose(shard.arena, kind, encoding, root, FREED_AT_ONCE)) {
      return;
    }
    long address = shard.arena.allocate(length);
    Memory.copy(root, address, length);
    Root kept = new Root(kind, encoding, address, length);
    if (frozen == null) {
      add(kept);
    } else {
      shard.frozen.orphan(frozen, kept);
    }
  }

  /** Leaves a collection to be reclaimed. */
  void add(Root root) {
    roots.add(root);
    pending++;
  }

  /** Entries and collections still to be freed; may be read without the lock. */
  long pending() {
    return pending;
  }

  /** Entries and collections freed so far; may be read without the lock. */
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
    while (freed < entries && !roots.isEmpty()) {
      reclaimRoot(entries - freed);
    }
    return !tables.isEmpty() || !roots.isEmpty();
  }

  private void reclaimRoot(int elements) {
    Root root = roots.element();
    if (!CollectionValue.dispose(shard.arena, root.kind, root.encoding, root.address, elements)) {
      freed += elements;
      return;
    }
    shard.arena.free(root.address, root.length);
    roots.remove();
    freed += FREED_AT_ONCE;
    pending--;
    reclaimed++;
  }

  private void free(long entry) {
    Table table = tables.element();
    if (table.cut == shard.cut) {
      table.from.beforeChange(entry);
    }
    table.from.free(entry);
    freed++;
    entriesFreed++;
  }
}
