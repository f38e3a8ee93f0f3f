package io.hashslot.command.generic;

import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.memory.Memory;
import io.hashslot.resp.DoubleText;
import io.hashslot.resp.NativeOutput;
import io.hashslot.structure.Slice;
import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.ints.IntComparator;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The elements that SORT puts in order: copies of their bytes and of their weights, off the heap,
 * since there may be many.
 */
final class SortElements implements AutoCloseable {
  private static final int MISSING = -1;
  private static final CommandException NO_NUMBER =
      CommandException.err("One or more scores can't be converted into double");

  private final NativeOutput bytes = new NativeOutput(1024);
  private int[] starts;
  private int[] ends;

  /** Where the weights are, where they are compared as text. */
  private int @Nullable [] weightStarts;

  private int @Nullable [] weightEnds;
  private double[] scores = {};
  private int[] order = {};
  private int count;

  /** Makes room for about so many. */
  SortElements(int expected) {
    starts = new int[Math.max(1, expected)];
    ends = new int[Math.max(1, expected)];
  }

  /** Adds a copy of an element. */
  void add(long address, int length) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    starts[count] = bytes.position();
    bytes.put(address, length);
    ends[count++] = bytes.position();
  }

  int count() {
    return count;
  }

  /** The address of the element at a place of the order. */
  long address(int place) {
    return bytes.address() + starts[order[place]];
  }

  int length(int place) {
    return ends[order[place]] - starts[order[place]];
  }

  /**
   * Puts them in order.
   *
   * @throws CommandException if they are compared by numbers that are none
   */
  void sort(Context ctx, SortOptions options, SortPattern.SortScratch scratch) {
    order = new int[count];
    Arrays.setAll(order, i -> i);
    if (!options.sorted()) {
      return;
    }
    IntComparator comparator;
    if (options.alpha()) {
      if (options.by() == null) {
        comparator = this::compareElements;
      } else {
        weigh(ctx, options.by(), scratch);
        comparator = this::compareWeights;
      }
    } else {
      score(ctx, options.by(), scratch);
      comparator = this::compareScores;
    }
    IntArrays.mergeSort(
        order, options.descending() ? (a, b) -> -comparator.compare(a, b) : comparator);
  }

  private void weigh(Context ctx, SortPattern by, SortPattern.SortScratch scratch) {
    int[] from = new int[count];
    int[] to = new int[count];
    for (int i = 0; i < count; i++) {
      Slice weight = by.look(ctx, bytes.address() + starts[i], ends[i] - starts[i], scratch);
      from[i] = MISSING;
      if (weight != null) {
        from[i] = bytes.position();
        int length = weight.length();
        long kept = weight.address();
        bytes.put(kept, length);
        to[i] = bytes.position();
      }
    }
    weightStarts = from;
    weightEnds = to;
  }

  private void score(Context ctx, @Nullable SortPattern by, SortPattern.SortScratch scratch) {
    scores = new double[count];
    for (int i = 0; i < count; i++) {
      long element = bytes.address() + starts[i];
      int length = ends[i] - starts[i];
      if (by == null) {
        scores[i] = number(element, length);
      } else {
        Slice weight = by.look(ctx, element, length, scratch);
        // Without a weight it is 0.
        scores[i] = weight == null ? 0 : number(weight.address(), weight.length());
      }
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

  private int compareScores(int a, int b) {
    double one = scores[a];
    double other = scores[b];
    // Not Double.compare: minus zero equals zero.
    return one > other ? 1 : one < other ? -1 : compareElements(a, b);
  }

  private int compareElements(int a, int b) {
    return compare(starts[a], ends[a], starts[b], ends[b]);
  }

  private int compareWeights(int a, int b) {
    int[] from = java.util.Objects.requireNonNull(weightStarts);
    int[] to = java.util.Objects.requireNonNull(weightEnds);
    if (from[a] == MISSING || from[b] == MISSING) {
      return Boolean.compare(from[a] != MISSING, from[b] != MISSING);
    }
    return compare(from[a], to[a], from[b], to[b]);
  }

  private int compare(int startA, int endA, int startB, int endB) {
    long base = bytes.address();
    return Memory.compare(base + startA, endA - startA, base + startB, endB - startB);
  }

  @Override
  public void close() {
    bytes.release();
  }
}
