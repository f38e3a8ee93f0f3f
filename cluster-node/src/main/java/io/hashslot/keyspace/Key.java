package io.hashslot.keyspace;

import io.hashslot.memory.Memory;
import io.hashslot.value.StringValue;

/**
 * A key as one execution names it: bytes in memory that is not ours to keep (the request, mostly),
 * with hash, shard and table worked out once. Pooled by {@link Keys}: good until the execution
 * ends.
 */
public final class Key {
  final Flyweights flyweights = new Flyweights();
  final StringValue string = flyweights.string;
  private long address;
  private int length;
  private long hash;
  private int shard;
  private int table;
  private int slot;
  private int argIndex;

  Key() {}

  void set(
      long keyAddress,
      int keyLength,
      long keyHash,
      int keyShard,
      int keyTable,
      int keySlot,
      int index) {
    slot = keySlot;
    address = keyAddress;
    length = keyLength;
    hash = keyHash;
    shard = keyShard;
    table = keyTable;
    argIndex = index;
  }

  /** Where the bytes of the key begin. */
  public long address() {
    return address;
  }

  /** How many bytes the key has. */
  public int length() {
    return length;
  }

  /** The keyed hash of the key. */
  public long hash() {
    return hash;
  }

  /** Which shard the key lives in. */
  public int shard() {
    return shard;
  }

  /** The set of shards with just this key's: what {@link Shards#tryEnter} takes. */
  public long shardMask() {
    return 1L << shard;
  }

  /** Which table of its shard the key lives in. */
  int table() {
    return table;
  }

  /** The hash slot of the key in cluster mode, -1 otherwise. */
  public int slot() {
    return slot;
  }

  /** Which argument of the request the key is, or -1. */
  public int argIndex() {
    return argIndex;
  }

  /** A copy of the key on the heap. */
  public byte[] bytes() {
    return Memory.bytes(address, length);
  }

  /** Whether two keys have the same bytes. */
  public boolean sameAs(Key other) {
    return hash == other.hash
        && length == other.length
        && Memory.equal(address, other.address, length);
  }
}
