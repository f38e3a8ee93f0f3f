package io.hashslot.structure;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;
import io.hashslot.resp.Decimal;

/**
 * The listpack of a chunk, to be edited: a flyweight that stands on one chunk at a time, which must
 * not be compressed. Beside what {@link Listpack} does with any room, it adds and removes at the
 * head without moving anything but the six bytes of the listpack's own head.
 */
final class ChunkRoom implements Room {
  private static final int HEADER = 6;
  private static final int COUNT = 4;
  private static final int MANY = 0xFFFF;

  private Arena arena = ChunkList.NO_ARENA;
  private long chunk;

  ChunkRoom on(Arena newArena, long newChunk) {
    arena = newArena;
    chunk = newChunk;
    return this;
  }

  @Override
  public long address() {
    return Chunk.contents(chunk);
  }

  @Override
  public int length() {
    return Chunk.length(chunk);
  }

  @Override
  public long resize(int length) {
    Chunk.resize(arena, chunk, length);
    return Chunk.contents(chunk);
  }

  /** Adds an element before the first one. */
  void prepend(long address, int length) {
    long number = Decimal.parse(address, length);
    boolean isNumber = number != Decimal.NOT_A_NUMBER || Decimal.isLong(address, length);
    int size = isNumber ? ListpackElement.longSize(number) : ListpackElement.textSize(length);
    int bytes = size + ListpackElement.sizeBytes(size);
    Chunk.growAtHead(arena, chunk, bytes);
    long listpack = Chunk.contents(chunk);
    moveHead(listpack + bytes, listpack, bytes, 1);
    if (isNumber) {
      ListpackElement.putLong(listpack + HEADER, size, number);
    } else {
      ListpackElement.putText(listpack + HEADER, size, address, length);
    }
  }

  /** Removes elements from the first one on; there are more than these. */
  void removeFirst(int elements) {
    long listpack = Chunk.contents(chunk);
    long p = listpack + HEADER;
    for (int i = 0; i < elements; i++) {
      p += ListpackElement.span(p);
    }
    int bytes = (int) (p - listpack) - HEADER;
    moveHead(listpack, listpack + bytes, -bytes, -elements);
    Chunk.shrinkAtHead(arena, chunk, bytes);
  }

  /** Moves the head of a listpack to where it begins from now on. */
  private static void moveHead(long from, long to, int bytes, int elements) {
    int total = Memory.getInt(from);
    int count = Memory.getShort(from + COUNT) & MANY;
    Memory.putInt(to, total + bytes);
    Memory.putShort(to + COUNT, count < MANY ? Math.min(count + elements, MANY) : MANY);
  }
}
