package io.hashslot.structure;

import io.hashslot.memory.Arena;

/** Many fields with their values on their way into the table of a hash. */
public final class HashLoad extends TableLoad {
  private final Arena arena;

  /**
   * Begins to fill a table.
   *
   * @param hashSeed the key of its hashes
   */
  public HashLoad(Arena arena, long hashSeed, long descriptor) {
    super(new MemberTable(arena).wrap(arena, hashSeed, descriptor));
    this.arena = arena;
  }

  /** Adds a field with its value; false if a field has turned out to be there already. */
  public boolean add(long field, int fieldLength, long value, int valueLength) {
    long block = arena.allocate(FieldBlock.bytes(fieldLength, valueLength));
    FieldBlock.write(block, field, fieldLength, value, valueLength);
    return add(block);
  }

  @Override
  void discard(long block) {
    arena.free(block, FieldBlock.bytes(block));
  }
}
