package io.hashslot.structure;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;

/**
 * A {@link ScanTable} of blocks that begin with a member, as {@link MemberBlock} lays them out: the
 * full form of a set, and with something attached to each member that of a hash or the index of a
 * sorted set. The table owns no blocks: who puts them in knows how large they are and frees them.
 *
 * <p>A flyweight: {@link #wrap(Arena, long, long)} moves it to a table of any arena.
 */
public final class MemberTable extends ElementTable {
  /** A flyweight that stands on no table yet. */
  public MemberTable(Arena arena) {
    super(arena);
  }

  /**
   * Moves the flyweight to a table.
   *
   * @param hashSeed the key of the hashes: always the same one for the same table
   */
  public MemberTable wrap(Arena newArena, long hashSeed, long descriptor) {
    stand(newArena, hashSeed, descriptor);
    return this;
  }

  @Override
  protected long hashOf(long block) {
    return SeededHash.hash(seed, MemberBlock.address(block), MemberBlock.length(block));
  }

  @Override
  boolean isSame(long block, long other) {
    int length = MemberBlock.length(block);
    return MemberBlock.length(other) == length
        && Memory.equal(MemberBlock.address(block), MemberBlock.address(other), length);
  }

  /**
   * The block of a member, or 0 if it is not there. If it is, {@link #replace} and {@link #remove}
   * are about it; if not, {@link #insert(long)} may follow.
   */
  public long find(long address, int length) {
    lastHash = SeededHash.hash(seed, address, length);
    for (long block = seek(lastHash); block != 0; block = next()) {
      if (MemberBlock.length(block) == length
          && Memory.equal(MemberBlock.address(block), address, length)) {
        return block;
      }
    }
    return 0;
  }

  /** Adds a block with the member that {@link #find} has just missed. */
  public void insert(long block) {
    changing(lastHash);
    insert(lastHash, block);
  }

  /**
   * To be called before a block that is in the table is {@linkplain #replace replaced}, {@linkplain
   * #remove removed} or changed in its place.
   */
  public void changingBlock(long block) {
    if (isFrozen()) {
      changing(hashOf(block));
    }
  }
}
