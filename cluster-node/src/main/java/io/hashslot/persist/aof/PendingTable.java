package io.hashslot.persist.aof;

import java.util.Arrays;

/** What is pending in a group of a stream, by id: added in the order of ids, then looked up. */
final class PendingTable {
  private static final int COLUMNS = 4;
  private static final int INITIAL = 64;

  private long[] rows = new long[0];
  private int size;
  private int at;

  /** Forgets everything, memory included. */
  void clear() {
    rows = new long[0];
    size = 0;
  }

  /** Adds an entry, with an id above all others. */
  void add(long ms, long sequence, long deliveredAtMs, long deliveries) {
    int from = size * COLUMNS;
    if (from == rows.length) {
      rows = Arrays.copyOf(rows, Math.max(INITIAL, 2 * size) * COLUMNS);
    }
    rows[from] = ms;
    rows[from + 1] = sequence;
    rows[from + 2] = deliveredAtMs;
    rows[from + 3] = deliveries;
    size++;
  }

  /**
   * Goes to an entry.
   *
   * @throws IllegalStateException if it was not added
   */
  void seek(long ms, long sequence) {
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Long.compareUnsigned(rows[middle * COLUMNS], ms);
      if (order == 0) {
        order = Long.compareUnsigned(rows[middle * COLUMNS + 1], sequence);
      }
      if (order == 0) {
        at = middle * COLUMNS;
        return;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    throw new IllegalStateException("a consumer has an entry pending that its group has not");
  }

  /** When it was last delivered, milliseconds since 1970. */
  long deliveredAtMs() {
    return rows[at + 2];
  }

  /** How often it was delivered. */
  long deliveries() {
    return rows[at + 3];
  }
}
