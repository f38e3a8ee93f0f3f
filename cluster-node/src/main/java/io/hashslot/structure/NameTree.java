package io.hashslot.structure;

import io.hashslot.memory.Memory;

/**
 * An ordered tree of blocks that carry a name, in the order of the bytes of their names. The blocks
 * are the owner's: somewhere in each, at the same place in all, stands the length of the name in
 * four bytes, and the name behind it.
 */
public final class NameTree extends RecordTree {
  private final int nameAt;
  private long soughtAddress;
  private int soughtLength;
  private long soughtBlock;

  /**
   * Makes a flyweight for trees of blocks of one kind.
   *
   * @param nameAt where in a block the length of the name stands
   */
  public NameTree(int nameAt) {
    super(Long.BYTES, 0);
    this.nameAt = nameAt;
  }

  /** Goes to the block of a name; false if there is none, then the flyweight stands nowhere. */
  public boolean seek(long address, int length) {
    soughtAddress = address;
    soughtLength = length;
    return seekSought();
  }

  /** Adds a block, whose name is written already and not in the tree yet, and goes to it. */
  public void insert(long block) {
    soughtAddress = nameAddress(block);
    soughtLength = nameLength(block);
    soughtBlock = block;
    insertSought();
  }

  /** The block the flyweight stands on. */
  public long block() {
    return Memory.getLong(record());
  }

  /** Where the name of a block begins. */
  public long nameAddress(long block) {
    return block + nameAt + Integer.BYTES;
  }

  /** How many bytes the name of a block has. */
  public int nameLength(long block) {
    return Memory.getInt(block + nameAt);
  }

  @Override
  protected int compareSought(long key) {
    long block = Memory.getLong(key);
    return Memory.compare(soughtAddress, soughtLength, nameAddress(block), nameLength(block));
  }

  @Override
  protected void writeSought(long key) {
    Memory.putLong(key, soughtBlock);
  }
}
