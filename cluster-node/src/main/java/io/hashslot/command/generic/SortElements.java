package io.hashslot.command.generic;

import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.memory.Memory;
import io.hashslot.resp.DoubleText;
import io.hashslot.resp.NativeOutput;
import io.hashslot.structure.Slice;
import org.jspecify.annotations.Nullable;

/**
 * The elements that SORT puts in order: copies of their bytes and of their weights, and the order
 * itself. All of it is off the heap, which is small, while there may be millions of elements.
 *
 * <pre>
 * record of an element
 *   0  where its bytes begin in the text       4 bytes
 *   4  its length                              4 bytes
 *   8  its weight: a number, or               8 bytes
 *   8  where the weight's bytes begin          4 bytes
 *  12  the weight's length, -1 without one     4 bytes
 * </pre>
 */
final class SortElements implements AutoCloseable {
  private static final CommandException NO_NUMBER =
      CommandException.err("One or more scores can't be converted into double");

  private static final int RECORD_BYTES = 16;
  private static final int LENGTH = 4;
  private static final int WEIGHT = 8;
  private static final int WEIGHT_LENGTH = 12;
  private static final int MISSING = -1;

  /** By what elements are compared. */
  private enum Measure {
    ELEMENTS,
    WEIGHTS,
    SCORES
  }

  private final NativeOutput bytes = new NativeOutput(1024);
  private long records;
  private int capacity;
  private int count;

  /** The records in order, by number; 0: as they came. */
  private long order;

  private Measure measure = Measure.ELEMENTS;
  private int sign = 1;

  /** Makes room for about so many. */
  SortElements(int expected) {
    capacity = Math.max(16, expected);
    records = Memory.allocate((long) capacity * RECORD_BYTES);
  }

  /** Adds a copy of an element. */
  void add(long address, int length) {
    if (count == capacity) {
      capacity = Math.multiplyExact(capacity, 2);
      records = Memory.reallocate(records, (long) capacity * RECORD_BYTES);
    }
    long record = record(count++);
    Memory.putInt(record, bytes.position());
    Memory.putInt(record + LENGTH, length);
    bytes.put(address, length);
  }

  int count() {
    return count;
  }

  /** The address of the element at a place of the order. */
  long address(int place) {
    return element(record(at(place)));
  }

  int length(int place) {
    return Memory.getInt(record(at(place)) + LENGTH);
  }

  private int at(int place) {
    return order == 0 ? place : Memory.getInt(order + 4L * place);
  }

  private long record(int i) {
    return records + (long) i * RECORD_BYTES;
  }

  private long element(long record) {
    return bytes.address() + Memory.getInt(record);
  }

  /**
   * Puts them in order.
   *
   * @throws CommandException if they are compared by numbers that are none
   */
  void sort(Context ctx, SortOptions options, SortPattern.SortScratch scratch) {
    if (!options.sorted()) {
      return;
    }
    sign = options.descending() ? -1 : 1;
    if (!options.alpha()) {
      measure = Measure.SCORES;
      score(ctx, options.by(), scratch);
    } else if (options.by() != null) {
      measure = Measure.WEIGHTS;
      weigh(ctx, options.by(), scratch);
    }
    if (count > 1) {
      mergeSort();
    }
  }

  private void weigh(Context ctx, SortPattern by, SortPattern.SortScratch scratch) {
    for (int i = 0; i < count; i++) {
      long record = record(i);
      Slice weight = by.look(ctx, element(record), Memory.getInt(record + LENGTH), scratch);
      Memory.putInt(record + WEIGHT, bytes.position());
      Memory.putInt(record + WEIGHT_LENGTH, weight == null ? MISSING : weight.length());
      if (weight != null) {
        bytes.put(weight.address(), weight.length());
      }
    }
  }

  private void score(Context ctx, @Nullable SortPattern by, SortPattern.SortScratch scratch) {
    for (int i = 0; i < count; i++) {
      long record = record(i);
      long element = element(record);
      int length = Memory.getInt(record + LENGTH);
      double score;
      if (by == null) {
        score = number(element, length);
      } else {
        Slice weight = by.look(ctx, element, length, scratch);
        // Without a weight it is 0.
        score = weight == null ? 0 : number(weight.address(), weight.length());
      }
      Memory.putDouble(record + WEIGHT, score);
    }
  }

  /** Reads a number as C does, which stops at a byte of 0: nothing at all is 0. */
  private static double number(long address, int length) {
    int end = 0;
    while (end < length && Memory.getByte(address + end) != 0) {
      end++;
    }
    if (end == 0) {
      return 0;
    }
    int start = 0;
    while (start < end && isSpace(Memory.getByte(address + start))) {
      start++;
    }
    double value = DoubleText.parse(address + start, end - start);
    if (Double.isNaN(value)) {
      throw NO_NUMBER;
    }
    return value;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b >= '\t' && b <= '\r';
  }

  /** Merges runs that double in length, from one array into another and back; stable. */
  private void mergeSort() {
    long other = Memory.allocate(4L * count);
    order = Memory.allocate(4L * count);
    for (int i = 0; i < count; i++) {
      Memory.putInt(order + 4L * i, i);
    }
    for (long run = 1; run < count; run *= 2) {
      for (long low = 0; low < count; low += 2 * run) {
        merge(other, low, Math.min(low + run, count), Math.min(low + 2 * run, count));
      }
      long merged = other;
      other = order;
      order = merged;
    }
    Memory.free(other);
  }

  private void merge(long target, long low, long middle, long high) {
    long left = low;
    long right = middle;
    for (long i = low; i < high; i++) {
      boolean takesLeft =
          right == high
              || left < middle
                  && sign * compare(record(numberAt(left)), record(numberAt(right))) <= 0;
      Memory.putInt(target + 4 * i, numberAt(takesLeft ? left++ : right++));
    }
  }

  private int numberAt(long place) {
    return Memory.getInt(order + 4 * place);
  }

  /** Compares two records; -1, 0 or 1. */
  private int compare(long a, long b) {
    return Integer.signum(
        switch (measure) {
          case ELEMENTS -> compareElements(a, b);
          case WEIGHTS -> compareWeights(a, b);
          case SCORES -> compareScores(a, b);
        });
  }

  private int compareScores(long a, long b) {
    double one = Memory.getDouble(a + WEIGHT);
    double other = Memory.getDouble(b + WEIGHT);
    // Not Double.compare: minus zero equals zero.
    return one > other ? 1 : one < other ? -1 : compareElements(a, b);
  }

  private int compareElements(long a, long b) {
    return Memory.compare(
        element(a), Memory.getInt(a + LENGTH), element(b), Memory.getInt(b + LENGTH));
  }

  private int compareWeights(long a, long b) {
    int lengthOfA = Memory.getInt(a + WEIGHT_LENGTH);
    int lengthOfB = Memory.getInt(b + WEIGHT_LENGTH);
    if (lengthOfA == MISSING || lengthOfB == MISSING) {
      return Boolean.compare(lengthOfA != MISSING, lengthOfB != MISSING);
    }
    long base = bytes.address();
    return Memory.compare(
        base + Memory.getInt(a + WEIGHT), lengthOfA, base + Memory.getInt(b + WEIGHT), lengthOfB);
  }

  @Override
  public void close() {
    bytes.release();
    Memory.free(records);
    if (order != 0) {
      Memory.free(order);
    }
  }
}
