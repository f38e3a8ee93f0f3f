package io.hashslot.structure;

import io.hashslot.memory.Memory;

/**
 * A set of numbers that only grows: what a random choice without repetition has taken. In native
 * memory of its own until it is closed, 16 to 32 bytes for each number expected.
 */
public final class DistinctLongs implements AutoCloseable {
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final long cells;
  private final long mask;
  private final int shift;
  private boolean zero;

  /** An empty set for at most {@code most} numbers. */
  public DistinctLongs(int most) {
    int bits = Math.max(4, 33 - Integer.numberOfLeadingZeros(most));
    mask = (1L << bits) - 1;
    shift = Long.SIZE - bits;
    cells = Memory.allocate((mask + 1) * Long.BYTES);
    Memory.fill(cells, (mask + 1) * Long.BYTES, 0);
  }

  /** Adds a number; false if it is there already. */
  public boolean add(long number) {
    if (number == 0) {
      boolean added = !zero;
      zero = true;
      return added;
    }
    long at = number * SPREAD >>> shift;
    long found = Memory.getLong(cells + at * Long.BYTES);
    while (found != 0 && found != number) {
      at = at + 1 & mask;
      found = Memory.getLong(cells + at * Long.BYTES);
    }
    Memory.putLong(cells + at * Long.BYTES, number);
    return found == 0;
  }

  @Override
  public void close() {
    Memory.free(cells);
  }
}
