package io.hashslot.keyspace;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;
import io.hashslot.value.Cell;
import io.hashslot.value.EncodingLimits;
import io.hashslot.value.FrozenValue;
import org.jspecify.annotations.Nullable;

/**
 * The cell of a collection that a key holds: the value part of its entry. The entry may move when
 * the cell is resized, and the index follows.
 */
final class EntryCell implements Cell {
  private @Nullable Shard shard;
  private @Nullable ShardDatabase tables;
  private @Nullable Key key;
  private long entry;

  /** Stands on an entry that is only looked at. */
  EntryCell over(Shard newShard, long newEntry) {
    shard = newShard;
    tables = null;
    key = null;
    entry = newEntry;
    return this;
  }

  /** Stands on the entry of a key, which may change. */
  EntryCell over(ShardDatabase newTables, Key newKey, long newEntry) {
    shard = newTables.shard();
    tables = newTables;
    key = newKey;
    entry = newEntry;
    return this;
  }

  @Override
  public long address() {
    return Entry.stringAddress(entry);
  }

  @Override
  public int length() {
    return Entry.valueLength(entry);
  }

  @Override
  public long resize(int length) {
    ShardDatabase in = tables;
    Key of = key;
    if (in == null || of == null) {
      throw new IllegalStateException("an entry that is only looked at");
    }
    entry = Entries.resize(in, of, entry, length);
    return Entry.stringAddress(entry);
  }

  @Override
  public Arena arena() {
    return shard().arena;
  }

  @Override
  public int encoding() {
    return Entry.encoding(entry);
  }

  @Override
  public void encoding(int number) {
    Entry.putEncoding(entry, number);
  }

  @Override
  public long hashSeed() {
    return shard().hashSeed;
  }

  @Override
  public EncodingLimits limits() {
    return shard().limits;
  }

  @Override
  public @Nullable FrozenValue frozen() {
    FrozenValues all = shard().frozen;
    return all.isEmpty() ? null : all.find(Memory.getLong(address()));
  }

  private Shard shard() {
    Shard in = shard;
    if (in == null) {
      throw new IllegalStateException("a cell that stands on no entry");
    }
    return in;
  }
}
