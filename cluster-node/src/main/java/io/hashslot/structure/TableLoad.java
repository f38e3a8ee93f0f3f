package io.hashslot.structure;

/**
 * Elements on their way into a table that nobody else uses meanwhile. They are put in by the batch:
 * first a word of each one's bucket is read, so that the processor waits for all of these buckets
 * together, and then each element is compared with what is there.
 */
public abstract sealed class TableLoad implements AutoCloseable
    permits HashLoad, SetLoad, SortedSetLoad {
  /** More than a processor can wait for at once; few enough to stay in its nearest cache. */
  private static final int BATCH = 32;

  private final ElementTable table;
  private final long[] elements = new long[BATCH];
  private final long[] hashes = new long[BATCH];
  private int count;

  /** Where the words that were read go, lest the compiler leaves the reading out. */
  @SuppressWarnings("unused")
  private long seen;

  TableLoad(ElementTable table) {
    this.table = table;
  }

  /** An element is in the table now. */
  void inserted(long element) {}

  /** Frees an element that is not in the table. */
  abstract void discard(long element);

  /** Adds an element; false if this batch shows a member that is there already. */
  final boolean add(long element) {
    elements[count] = element;
    hashes[count] = table.hashOf(element);
    return ++count < BATCH || flush();
  }

  /**
   * Puts into the table what was added last.
   *
   * @return false if a member is there already: then it and what was added behind it is thrown away
   */
  public final boolean flush() {
    long words = 0;
    for (int i = 0; i < count; i++) {
      words ^= ScanTable.touch(table.bucketFor(hashes[i]));
    }
    seen = words;
    for (int i = 0; i < count; i++) {
      if (!table.insertIfNew(elements[i], hashes[i])) {
        discardFrom(i);
        return false;
      }
      inserted(elements[i]);
    }
    count = 0;
    return true;
  }

  private void discardFrom(int first) {
    for (int i = first; i < count; i++) {
      discard(elements[i]);
    }
    count = 0;
  }

  /** Throws away what was not put into the table. */
  @Override
  public final void close() {
    discardFrom(0);
  }
}
