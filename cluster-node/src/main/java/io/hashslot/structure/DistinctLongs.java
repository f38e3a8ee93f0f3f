package io.hashslot.structure;

/**
 * A set of numbers on the heap that only grows: what a random choice without repetition has taken.
 */
public final class DistinctLongs {
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final long[] cells;
  private final int shift;
  private boolean zero;

  /** An empty set for at most {@code most} numbers, below 2^29. */
  public DistinctLongs(int most) {
    int bits = Math.max(4, 33 - Integer.numberOfLeadingZeros(most));
    cells = new long[1 << bits];
    shift = Long.SIZE - bits;
  }

  /** Adds a number; false if it is there already. */
  public boolean add(long number) {
    if (number == 0) {
      boolean added = !zero;
      zero = true;
      return added;
    }
    int at = (int) (number * SPREAD >>> shift);
    while (cells[at] != 0) {
      if (cells[at] == number) {
        return false;
      }
      at = at + 1 & cells.length - 1;
    }
    cells[at] = number;
    return true;
  }
}
