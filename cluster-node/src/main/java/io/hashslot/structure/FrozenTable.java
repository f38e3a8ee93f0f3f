package io.hashslot.structure;

/**
 * The elements that a {@link ScanTable} has at one moment, shown a few at a time while the table
 * goes on changing.
 *
 * <p><b>Classes.</b> Elements are told apart by the lowest bits of their hashes, so many that a
 * class is what one or two buckets hold at that moment, about ten elements. A class is shown as a
 * whole: by {@link #next}, which goes through all of them, or before that by {@link #changing},
 * which whoever is about to change, add or remove an element must call. A class that was shown is
 * of no interest any more. So all that has to be remembered is one bit for each class, whatever
 * happens to the table: it may be split or merged, its elements may move, and those that are new
 * can only be in classes that have been shown.
 *
 * <p>A cursor in the order of the table would do with less, but then each element that changes
 * behind it would have to be remembered, and be looked up by whoever passes it.
 */
public final class FrozenTable {
  private final ScanTable table;
  private final ScanTable.Visitor visitor;
  private final int bits;
  private final long[] shown;

  /** All classes below this one were shown. */
  private int next;

  /**
   * Freezes a table.
   *
   * @param table a flyweight over it that is moved nowhere else from now on
   * @param visitor is shown each of its elements once
   */
  public FrozenTable(ScanTable table, ScanTable.Visitor visitor) {
    this.table = table;
    this.visitor = visitor;
    bits = Integer.numberOfTrailingZeros(Integer.highestOneBit(table.buckets()));
    shown = new long[((1 << bits) + Long.SIZE - 1) / Long.SIZE];
  }

  /** To be called before an element with this hash changes, comes or goes. */
  public void changing(long hash) {
    int one = (int) hash & (1 << bits) - 1;
    if (one >= next && !wasShown(one)) {
      shown[one >>> 6] |= 1L << one;
      table.visitClass(one, bits, visitor);
    }
  }

  /** Shows one more class, or passes over one that was shown; returns whether there are more. */
  public boolean next() {
    if (next == 1 << bits) {
      return false;
    }
    int one = next++;
    if (!wasShown(one)) {
      table.visitClass(one, bits, visitor);
    }
    return next < 1 << bits;
  }

  private boolean wasShown(int one) {
    return (shown[one >>> 6] & 1L << one) != 0;
  }
}
