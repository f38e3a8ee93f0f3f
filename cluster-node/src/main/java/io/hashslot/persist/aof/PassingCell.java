package io.hashslot.persist.aof;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;
import io.hashslot.value.Cell;
import io.hashslot.value.CollectionValue;
import io.hashslot.value.EncodingLimits;
import io.hashslot.value.Kind;

/**
 * The cell of a collection that is only read, to be written elsewhere in another form, and then
 * forgotten: in an arena of its own, used for one after the other.
 */
final class PassingCell implements Cell, AutoCloseable {
  private static final int DISPOSE_ELEMENTS = 1000;
  private static final long HASH_SEED = 0x9E3779B97F4A7C15L;

  private final Arena arena = Arena.open();
  private final EncodingLimits limits = new EncodingLimits();
  private long address;
  private int length;
  private int encoding;

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
    address = Memory.reallocate(address, Math.max(1, newLength));
    length = newLength;
    return address;
  }

  @Override
  public Arena arena() {
    return arena;
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
    return HASH_SEED;
  }

  @Override
  public EncodingLimits limits() {
    return limits;
  }

  /** Forgets the value, of this kind, that stood here. */
  void clear(Kind kind) {
    while (!CollectionValue.dispose(arena, kind, encoding, address, DISPOSE_ELEMENTS)) {}
    length = 0;
    encoding = 0;
  }

  @Override
  public void close() {
    Memory.free(address);
    address = 0;
    arena.close();
  }
}
