package io.hashslot.structure;

import io.hashslot.memory.Arena;

/** Many members with their scores on their way into the indexes of a sorted set. */
public final class SortedSetLoad extends TableLoad {
  private final Arena arena;
  private final CountedTree tree;

  /**
   * Begins to fill both indexes.
   *
   * @param hashSeed the key of the table's hashes
   * @param table the descriptor of the {@link MemberTable}
   * @param tree the descriptor of the {@link CountedTree}
   */
  public SortedSetLoad(Arena arena, long hashSeed, long table, long tree) {
    super(new MemberTable(arena).wrap(arena, hashSeed, table));
    this.arena = arena;
    this.tree = new CountedTree(arena);
    this.tree.wrap(tree);
  }

  /** Adds a member with its score; false if a member has turned out to be there already. */
  public boolean add(double score, long address, int length) {
    return add(ScoredMember.create(arena, score, address, length));
  }

  @Override
  void inserted(long element) {
    tree.insertAtEnd(element);
  }

  @Override
  void discard(long element) {
    ScoredMember.free(arena, element);
  }
}
