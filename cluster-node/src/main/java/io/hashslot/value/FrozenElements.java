package io.hashslot.value;

import io.hashslot.memory.Arena;
import io.hashslot.structure.FieldBlock;
import io.hashslot.structure.FrozenTable;
import io.hashslot.structure.MemberBlock;
import io.hashslot.structure.MemberTable;
import io.hashslot.structure.ScanTable;
import io.hashslot.structure.ScoredMember;
import io.hashslot.structure.SetMember;
import io.hashslot.structure.SetTable;
import io.hashslot.structure.Slice;

/**
 * The elements of a set, a hash or a sorted set in full form, all of which stand in a table; a
 * sorted set's order is not kept, since its tree plays no part in this.
 */
public final class FrozenElements extends FrozenValue {
  private final FrozenTable table;
  private long left;

  FrozenElements(CollectionValue value, Parts parts) {
    super(value);
    left = value.size();
    Cell cell = value.cell();
    table = new FrozenTable(over(value.kind(), cell), visitor(value.kind(), parts));
  }

  private ScanTable over(Kind kind, Cell cell) {
    Arena arena = cell.arena();
    return kind == Kind.SET
        ? SetTable.looking(arena, cell.hashSeed(), handle())
        : new MemberTable(arena).wrap(arena, cell.hashSeed(), handle());
  }

  private ScanTable.Visitor visitor(Kind kind, Parts parts) {
    Slice slice = new Slice();
    Slice attached = new Slice();
    SetMember member = new SetMember();
    return switch (kind) {
      case SET ->
          element -> {
            left--;
            parts.member(SetTable.show(element, member));
          };
      case HASH ->
          block -> {
            left--;
            FieldBlock.get(block, slice, attached);
            parts.pair(slice, attached);
          };
      case SORTED_SET ->
          block -> {
            left--;
            slice.wrap(MemberBlock.address(block), MemberBlock.length(block));
            parts.scored(slice, ScoredMember.score(block));
          };
      case STRING, LIST, STREAM -> throw new IllegalArgumentException(kind + " has no table");
    };
  }

  /** Who has to hear of changes of the table. */
  FrozenTable table() {
    return table;
  }

  @Override
  public boolean next() {
    boolean more = table.next();
    if (!more && left != 0) {
      throw new IllegalStateException(left + " elements of a collection are missing");
    }
    return more;
  }

  @Override
  public boolean release(int budget) {
    return true;
  }
}
