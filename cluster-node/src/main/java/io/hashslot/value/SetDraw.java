package io.hashslot.value;

import io.hashslot.structure.DistinctLongs;
import io.hashslot.structure.IntSet;
import io.hashslot.structure.Listpack;
import io.hashslot.structure.ScanTable;
import io.hashslot.structure.SetMember;
import io.hashslot.structure.SetTable;

/**
 * Draws several members of a set at random, none of them twice: every choice of so many members is
 * as likely as any other. Where much of the set is wanted, it is gone through once, and each member
 * is taken with the probability that the rest of the draw leaves it; where little is wanted of
 * much, members are drawn again until they are new.
 */
final class SetDraw {
  /** From this part of the set on it is gone through. */
  private static final int PART = 3;

  /** What has been drawn is remembered up to so many members, in 32 bytes each. */
  private static final long MOST_REMEMBERED = 1 << 24;

  private final ScanTable.RandomBits random;
  private final SetMember shown = new SetMember();
  private long wanted;
  private long left;

  /** A draw of {@code wanted} out of {@code size} members. */
  SetDraw(ScanTable.RandomBits random, long wanted, long size) {
    this.random = random;
    this.wanted = wanted;
    left = size;
  }

  /** Whether the next member, in any order, is drawn. */
  private boolean takesNext() {
    boolean taken = Math.unsignedMultiplyHigh(random.next(), left) < wanted;
    left--;
    if (taken) {
      wanted--;
    }
    return taken;
  }

  /** Shows the members drawn. */
  void show(SetValue set, SetValue.Members members) {
    if (wanted * PART > left
        || wanted > MOST_REMEMBERED
        || set.encoding() == SetEncoding.LISTPACK) {
      set.each(
          member -> {
            if (takesNext()) {
              members.member(member);
            }
            return wanted > 0;
          });
      return;
    }
    try (DistinctLongs taken = new DistinctLongs((int) wanted)) {
      while (wanted > 0) {
        showAnother(set, taken, members);
      }
    }
  }

  /** Draws once, and shows the member if it has not been drawn yet. */
  private void showAnother(SetValue set, DistinctLongs taken, SetValue.Members members) {
    if (set.encoding() == SetEncoding.INTSET) {
      long index = Math.unsignedMultiplyHigh(random.next(), left);
      if (taken.add(index)) {
        wanted--;
        members.member(shown.wrapLong(IntSet.get(set.cell().address(), (int) index)));
      }
    } else {
      long element = set.toTable().sample(random);
      if (taken.add(element)) {
        wanted--;
        members.member(SetTable.show(element, shown));
      }
    }
  }

  /** Shows the members drawn, and removes them. */
  void remove(SetValue set, SetValue.Members members) {
    Cell cell = set.cell();
    switch (set.encoding()) {
      case INTSET -> {
        for (int i = 0; i < IntSet.count(cell.address()); i++) {
          long number = IntSet.get(cell.address(), i);
          if (takesNext()) {
            members.member(shown.wrapLong(number));
            IntSet.removeAt(cell, i--);
          }
        }
      }
      case LISTPACK -> {
        long p = Listpack.first(cell.address());
        while (p != 0) {
          if (takesNext()) {
            members.member(shown.wrapElement(p));
            p = Listpack.delete(cell, p);
          } else {
            p = Listpack.next(p);
          }
        }
      }
      case HASHTABLE -> {
        SetTable table = set.toTable();
        for (; wanted > 0; wanted--) {
          members.member(SetTable.show(table.sample(random), shown));
          table.remove(shown);
        }
      }
    }
  }
}
