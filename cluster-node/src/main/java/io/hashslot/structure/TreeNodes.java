package io.hashslot.structure;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;

/**
 * The nodes of a {@link CountedTree}: their layout, and moving entries in and between them. Each
 * attribute of the entries is a column of its own, so that a search reads neighbouring bytes.
 *
 * <pre>
 * leaf (512 bytes)                       inner node (1024 bytes)
 *    0  entries             4 bytes         0  entries                           4 bytes
 *    4  entry last added    2 bytes
 *    6  run that it ended   2 bytes, negative: downwards
 *    8  previous leaf, or 0 8 bytes
 *   16  next leaf, or 0     8 bytes
 *   32  scores              30 × 8         32  least score of each child         31 × 8
 *  272  elements            30 × 8        280  element it belongs to             31 × 8
 *                                         528  elements in and below each child  31 × 8
 *                                         776  children                          31 × 8
 * </pre>
 */
final class TreeNodes {
  static final int LEAF_BYTES = 512;
  static final int INNER_BYTES = 1024;
  static final int LEAF_CAPACITY = 30;
  static final int INNER_CAPACITY = 31;

  private static final int ENTRIES = 0;
  private static final int LAST_ADDED = 4;
  private static final int RUN = 6;
  private static final int PREVIOUS = 8;
  private static final int NEXT = 16;
  private static final int COLUMNS = 32;
  private static final int LEAF_COLUMN = LEAF_CAPACITY * 8;
  private static final int INNER_COLUMN = INNER_CAPACITY * 8;
  private static final int COUNTS = COLUMNS + 2 * INNER_COLUMN;
  private static final int CHILDREN = COLUMNS + 3 * INNER_COLUMN;

  /** Additions that make a run; by chance so many are rare. */
  private static final int RUN_LENGTH = 3;

  private TreeNodes() {}

  static long create(Arena arena, boolean leaf) {
    long node = arena.allocate(leaf ? LEAF_BYTES : INNER_BYTES);
    Memory.fill(node, COLUMNS, 0);
    return node;
  }

  static void free(Arena arena, long node, boolean leaf) {
    arena.free(node, leaf ? LEAF_BYTES : INNER_BYTES);
  }

  static int capacity(boolean leaf) {
    return leaf ? LEAF_CAPACITY : INNER_CAPACITY;
  }

  static int entries(long node) {
    return Memory.getInt(node + ENTRIES);
  }

  static void entries(long node, int entries) {
    Memory.putInt(node + ENTRIES, entries);
  }

  /** Remembers what was added to a leaf. Once something is removed it is no more than a guess. */
  static void noteAdded(long leaf, int i) {
    int last = Memory.getShort(leaf + LAST_ADDED);
    int run = Memory.getShort(leaf + RUN);
    int now = i == last + 1 ? Math.max(run, 0) + 1 : i == last ? Math.min(run, 0) - 1 : 0;
    Memory.putShort(leaf + LAST_ADDED, i);
    Memory.putShort(leaf + RUN, Math.max(-RUN_LENGTH, Math.min(RUN_LENGTH, now)));
  }

  /** Whether an addition at {@code i} continues a run of additions in order, or in reverse. */
  static boolean isRun(long leaf, int i) {
    int last = Memory.getShort(leaf + LAST_ADDED);
    int run = Memory.getShort(leaf + RUN);
    return i == last + 1 && run == RUN_LENGTH || i == last && run == -RUN_LENGTH;
  }

  static long previous(long leaf) {
    return Memory.getLong(leaf + PREVIOUS);
  }

  static long next(long leaf) {
    return Memory.getLong(leaf + NEXT);
  }

  /** Makes {@code second} follow {@code first}; either may be 0. */
  static void link(long first, long second) {
    if (first != 0) {
      Memory.putLong(first + NEXT, second);
    }
    if (second != 0) {
      Memory.putLong(second + PREVIOUS, first);
    }
  }

  static double score(long node, int i) {
    return Memory.getDouble(node + COLUMNS + 8L * i);
  }

  static long element(long node, boolean leaf, int i) {
    return Memory.getLong(node + COLUMNS + (leaf ? LEAF_COLUMN : INNER_COLUMN) + 8L * i);
  }

  static void put(long node, boolean leaf, int i, double score, long element) {
    Memory.putDouble(node + COLUMNS + 8L * i, score);
    Memory.putLong(node + COLUMNS + (leaf ? LEAF_COLUMN : INNER_COLUMN) + 8L * i, element);
  }

  static long count(long inner, int i) {
    return Memory.getLong(inner + COUNTS + 8L * i);
  }

  static void count(long inner, int i, long count) {
    Memory.putLong(inner + COUNTS + 8L * i, count);
  }

  static long child(long inner, int i) {
    return Memory.getLong(inner + CHILDREN + 8L * i);
  }

  static void child(long inner, int i, long child) {
    Memory.putLong(inner + CHILDREN + 8L * i, child);
  }

  /** Elements in and below a node. */
  static long total(long node, boolean leaf) {
    int entries = entries(node);
    if (leaf) {
      return entries;
    }
    long total = 0;
    for (int i = 0; i < entries; i++) {
      total += count(node, i);
    }
    return total;
  }

  /** Makes room for an entry at {@code i}; there is some left. */
  static void open(long node, boolean leaf, int i) {
    int entries = entries(node);
    shift(node, leaf, i, i + 1, entries - i);
    entries(node, entries + 1);
  }

  /** Drops {@code n} entries from {@code i} on. */
  static void close(long node, boolean leaf, int i, int n) {
    int entries = entries(node);
    shift(node, leaf, i + n, i, entries - i - n);
    entries(node, entries - n);
  }

  private static void shift(long node, boolean leaf, int from, int to, int n) {
    if (n > 0) {
      copy(node, from, node, to, leaf, n);
    }
  }

  /** Copies entries; the numbers of entries stay as they are. */
  private static void copy(long source, int from, long target, int to, boolean leaf, int n) {
    int column = leaf ? LEAF_COLUMN : INNER_COLUMN;
    int columns = leaf ? 2 : 4;
    long read = source + COLUMNS + 8L * from;
    long write = target + COLUMNS + 8L * to;
    for (int i = 0; i < columns; i++) {
      Memory.copy(read + (long) i * column, write + (long) i * column, 8L * n);
    }
  }

  /** Moves the entries from {@code i} on into an empty node. */
  static void split(long node, boolean leaf, int i, long empty) {
    int moved = entries(node) - i;
    if (moved > 0) {
      copy(node, i, empty, 0, leaf, moved);
    }
    entries(empty, moved);
    entries(node, i);
  }

  /** Appends all entries of a node to another one, which has room. */
  static void merge(long node, boolean leaf, long source) {
    int entries = entries(node);
    int added = entries(source);
    copy(source, 0, node, entries, leaf, added);
    entries(node, entries + added);
  }
}
