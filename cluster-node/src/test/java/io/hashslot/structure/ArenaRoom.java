package io.hashslot.structure;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;

/** A room in an arena that moves with every resize, so that whoever keeps an address is caught. */
public final class ArenaRoom implements Room, AutoCloseable {
  private final Arena arena;
  private long address;
  private int length;

  /** An empty room. */
  public ArenaRoom(Arena arena) {
    this.arena = arena;
  }

  /** A room with a copy of bytes. */
  public ArenaRoom(Arena arena, byte[] bytes) {
    this(arena);
    Memory.copy(bytes, 0, resize(bytes.length), bytes.length);
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
  public long resize(int length) {
    long moved = length == 0 ? 0 : arena.allocate(length);
    Memory.copy(address, moved, Math.min(length, this.length));
    close();
    address = moved;
    this.length = length;
    return moved;
  }

  /** A copy of what is in the room. */
  public byte[] bytes() {
    return Memory.bytes(address, length);
  }

  @Override
  public void close() {
    if (length > 0) {
      arena.free(address, length);
    }
    length = 0;
  }
}
