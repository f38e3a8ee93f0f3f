package io.hashslot.keyspace;

import io.hashslot.memory.Arena;
import io.hashslot.structure.ScanTable;
import io.hashslot.structure.SeededHash;

/** An index of entries by key. */
final class KeyTable extends ScanTable {
  private final long hashSeed;

  KeyTable(Arena arena, long hashSeed) {
    super(arena);
    this.hashSeed = hashSeed;
  }

  @Override
  protected long hashOf(long entry) {
    return SeededHash.hash(hashSeed, Entry.keyAddress(entry), Entry.keyLength(entry));
  }

  /** Finds the entry of a key and stands on it, or returns 0. */
  long find(long hash, long key, int length) {
    for (long entry = seek(hash); entry != 0; entry = next()) {
      if (Entry.hasKey(entry, key, length)) {
        return entry;
      }
    }
    return 0;
  }

  /** Stands on a known entry, which is in the table. */
  void standOn(long hash, long entry) {
    for (long candidate = seek(hash); candidate != entry; candidate = next()) {
      if (candidate == 0) {
        throw new IllegalStateException("entry is not in the index");
      }
    }
  }
}
