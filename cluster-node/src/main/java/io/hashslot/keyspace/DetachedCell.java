package io.hashslot.keyspace;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;
import io.hashslot.value.Cell;
import io.hashslot.value.EncodingLimits;

/** The cell of a collection that no key holds yet: a block of its own in the arena of a shard. */
final class DetachedCell implements Cell {
  private final Shard shard;
  private long address;
  private int length;
  private int encoding;

  DetachedCell(Shard shard) {
    this.shard = shard;
  }

  @Override
  public long address() {
    return address;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public long resize(int newLength) {
    long old = capacity(length);
    long capacity = capacity(newLength);
    if (old != capacity) {
      long moved = capacity == 0 ? 0 : shard.arena.allocate(capacity);
      if (moved != 0) {
        Memory.copy(address, moved, Math.min(length, newLength));
      }
      free();
      address = moved;
    }
    length = newLength;
    return address;
  }

  /** Size of the block for so many bytes; none for none. */
  private static long capacity(int bytes) {
    return bytes == 0 ? 0 : Arena.capacity(bytes);
  }

  /** Gives the block back; what its bytes own is left alone. */
  void free() {
    if (address != 0) {
      shard.arena.free(address, capacity(length));
      address = 0;
    }
  }

  Shard shard() {
    return shard;
  }

  @Override
  public Arena arena() {
    return shard.arena;
  }

  @Override
  public int encoding() {
    return encoding;
  }

  @Override
  public void encoding(int number) {
    encoding = number;
  }

  @Override
  public long hashSeed() {
    return shard.hashSeed;
  }

  @Override
  public EncodingLimits limits() {
    return shard.limits;
  }
}
