package io.hashslot.value;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;
import org.jspecify.annotations.Nullable;

/** A cell that moves with every resize, so that whoever keeps an address is caught. */
public final class ArenaCell implements Cell, AutoCloseable {
  private final EncodingLimits limits = new EncodingLimits();
  private final Arena arena;
  private final Kind kind;
  private long address;
  private int length;
  private int encoding;
  private @Nullable FrozenValue frozen;

  /** A cell of length 0, for a value of a kind. */
  public ArenaCell(Arena arena, Kind kind) {
    this.arena = arena;
    this.kind = kind;
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
    long moved = newLength == 0 ? 0 : arena.allocate(newLength);
    Memory.copy(address, moved, Math.min(length, newLength));
    free();
    address = moved;
    length = newLength;
    return moved;
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
    return 0x5eed;
  }

  /** Says what is frozen of the value from now on. */
  public void frozen(@Nullable FrozenValue value) {
    frozen = value;
  }

  @Override
  public @Nullable FrozenValue frozen() {
    return frozen;
  }

  @Override
  public EncodingLimits limits() {
    return limits;
  }

  /** Frees what the value owns, a little at a time, and the cell; returns how often it took. */
  public int dispose(int budget) {
    int slices = 1;
    while (!CollectionValue.dispose(arena, kind, encoding, address, budget)) {
      slices++;
    }
    free();
    length = 0;
    encoding = 0;
    return slices;
  }

  @Override
  public void close() {
    dispose(1000);
  }

  private void free() {
    if (length > 0) {
      arena.free(address, length);
    }
  }
}
