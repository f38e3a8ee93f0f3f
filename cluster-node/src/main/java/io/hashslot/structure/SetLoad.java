package io.hashslot.structure;

import io.hashslot.memory.Arena;

/** Many members on their way into the table of a set. */
public final class SetLoad extends TableLoad {
  private final SetTable table;
  private final SetMember member = new SetMember();

  /**
   * Begins to fill a table.
   *
   * @param hashSeed the key of its hashes
   * @param root where its root is, which must not be moved before all is done
   */
  public SetLoad(Arena arena, long hashSeed, long root) {
    this(new SetTable(arena).wrap(arena, hashSeed, root));
  }

  private SetLoad(SetTable table) {
    super(table);
    this.table = table;
  }

  /** Adds a member; false if one has turned out to be there already. */
  public boolean add(long address, int length) {
    return add(table.make(member.wrap(address, length)));
  }

  @Override
  void discard(long element) {
    table.free(element);
  }
}
