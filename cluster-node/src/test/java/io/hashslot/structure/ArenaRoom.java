package io.hashslot.structure;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;

/**
 * A room that is a block of its own, and moves whenever it is resized: nobody may rely on staying.
 */
final class ArenaRoom implements Room, AutoCloseable {
  private final Arena arena;
  private long address;
  private int length;

  ArenaRoom(Arena arena) {
    this.arena = arena;
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
    close();
    address = moved;
    length = newLength;
    return moved;
  }

  byte[] bytes() {
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
