package io.hashslot.persist.snapshot;

import io.hashslot.keyspace.Entry;
import io.hashslot.memory.Memory;
import io.hashslot.persist.rdb.PartWriter;
import io.hashslot.persist.rdb.RdbValues;
import io.hashslot.value.FrozenValue;
import io.hashslot.value.StringValue;
import io.hashslot.value.Value;

/**
 * An entry whose value is big, written in parts. Used under the lock of its shard, except for what
 * says otherwise.
 */
final class PartedEntry implements AutoCloseable {
  private static final int RELEASED_AT_ONCE = 500;

  private final HeldBytes held;
  private final int database;
  private final int type;
  private final int clock;
  private final long expireAtMs;
  private final long key;
  private final int keyLength;
  private final int stringLength;
  private final BlockChain parts;
  private final PartWriter writer;
  private final FrozenValue value;

  /**
   * Freezes the value of an entry.
   *
   * @param version of RDB, which says of what type the value is
   * @param form in which it is written
   */
  PartedEntry(
      int database, Entry entry, Value value, int version, PartWriter.Form form, HeldBytes held) {
    this.held = held;
    this.database = database;
    type = RdbValues.type(value, version);
    clock = entry.clock();
    expireAtMs = entry.expireAtMs();
    keyLength = entry.keyLength();
    stringLength = value instanceof StringValue string ? string.length() : -1;
    key = Memory.allocate(keyLength + 1L);
    Memory.copy(entry.keyAddress(), key, keyLength);
    held.add(keyLength + 1L);
    parts = new BlockChain(held);
    writer = form.begin(value, key, keyLength, expireAtMs, parts);
    this.value = FrozenValue.freeze(value, writer, held::add);
  }

  // May be asked at any time

  int database() {
    return database;
  }

  int type() {
    return type;
  }

  int clock() {
    return clock;
  }

  long expireAtMs() {
    return expireAtMs;
  }

  long key() {
    return key;
  }

  int keyLength() {
    return keyLength;
  }

  /** How long the value is if it is a string, else -1. */
  int stringLength() {
    return stringLength;
  }

  FrozenValue value() {
    return value;
  }

  /** Goes one small step on; returns whether there are more. */
  boolean next() {
    boolean more = value.next();
    if (!more) {
      writer.end();
    }
    return more;
  }

  /** Takes what was written since the last time. */
  void takeParts(BlockChain to) {
    parts.moveTo(to);
  }

  /**
   * Frees some of what is kept for the value, which has been thawed; returns whether nothing is
   * left.
   */
  boolean release() {
    return value.release(RELEASED_AT_ONCE);
  }

  /** Gives all other memory back. After {@link #release}; needs no lock. */
  @Override
  public void close() {
    parts.clear();
    writer.close();
    Memory.free(key);
    held.add(-keyLength - 1L);
  }
}
