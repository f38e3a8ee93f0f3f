package io.hashslot.structure;

import static io.hashslot.structure.ScanTable.BUCKET_BYTES;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;

/**
 * Where the buckets of a {@link ScanTable} are: in segments that stay in place as the table grows,
 * listed in a directory. Four segments of one bucket, then four to each power of two, so that at
 * most a fifth is room for later; from 1024 buckets on one segment for every 256. All static: the
 * state is in the table's descriptor, which every method takes as {@code at}.
 */
final class BucketDirectory {
  private static final int DIRECTORY = 16;
  private static final int SEGMENTS = 24;
  private static final int DIRECTORY_CAPACITY = 28;

  /** From this many buckets on all segments have the same size, 256 buckets or 16 KB. */
  private static final int EVEN_FROM = 1024;

  private static final int SEGMENT_SHIFT = 8;
  private static final int SEGMENT_BUCKETS = 1 << SEGMENT_SHIFT;

  /** How many more segments there are before {@link #EVEN_FROM} than even ones would be. */
  private static final int EVEN_OFFSET = 32;

  private BucketDirectory() {}

  /** Makes a directory with one bucket. */
  static void create(long at, Arena arena) {
    long directory = arena.allocate(2 * Long.BYTES);
    Memory.putLong(directory, arena.allocate(BUCKET_BYTES));
    Memory.putInt(at + ScanTable.BUCKETS, 1);
    Memory.putLong(at + DIRECTORY, directory);
    Memory.putInt(at + SEGMENTS, 1);
    Memory.putInt(at + DIRECTORY_CAPACITY, 2);
  }

  /** Frees the directory and all buckets in it. */
  static void destroy(long at, Arena arena) {
    long directory = Memory.getLong(at + DIRECTORY);
    for (int i = Memory.getInt(at + SEGMENTS) - 1; i >= 0; i--) {
      arena.free(Memory.getLong(directory + i * 8L), (long) segmentBuckets(i) * BUCKET_BYTES);
    }
    arena.free(directory, Memory.getInt(at + DIRECTORY_CAPACITY) * 8L);
  }

  /** Arena bytes of the directory and all segments. */
  static long bytes(long at) {
    long bytes = Arena.capacity(Memory.getInt(at + DIRECTORY_CAPACITY) * 8L);
    int segments = Memory.getInt(at + SEGMENTS);
    for (int i = 0; i < segments; i++) {
      bytes += Arena.capacity((long) segmentBuckets(i) * BUCKET_BYTES);
    }
    return bytes;
  }

  /** The address of a bucket; {@code index} is one that has been reached. */
  static long bucket(long at, int index) {
    long directory = Memory.getLong(at + DIRECTORY);
    if (index >= EVEN_FROM) {
      return Memory.getLong(directory + ((long) (index >>> SEGMENT_SHIFT) + EVEN_OFFSET << 3))
          + ((long) (index & SEGMENT_BUCKETS - 1) << 6);
    }
    if (index < 4) {
      return Memory.getLong(directory + ((long) index << 3));
    }
    int shift = 29 - Integer.numberOfLeadingZeros(index);
    return Memory.getLong(directory + ((long) (shift << 2) + (index >>> shift) << 3))
        + ((long) (index & (1 << shift) - 1) << 6);
  }

  /**
   * Four segments of one bucket, then four to each power of two, from 1024 buckets on one for every
   * 256.
   */
  private static int segmentOf(int index) {
    if (index >= EVEN_FROM) {
      return (index >>> SEGMENT_SHIFT) + EVEN_OFFSET;
    }
    if (index < 4) {
      return index;
    }
    int shift = 29 - Integer.numberOfLeadingZeros(index);
    return (shift << 2) + (index >>> shift);
  }

  private static int segmentBuckets(int segment) {
    return segment < 4 ? 1 : 1 << Math.min((segment >>> 2) - 1, SEGMENT_SHIFT);
  }

  private static int segmentBegin(int segment) {
    if (segment >= EVEN_FROM / SEGMENT_BUCKETS + EVEN_OFFSET) {
      return segment - EVEN_OFFSET << SEGMENT_SHIFT;
    }
    return segment < 4 ? segment : 4 + (segment & 3) << (segment >>> 2) - 1;
  }

  /** Makes room for a bucket, the one after those there are. Its contents are undefined. */
  static void reach(long at, int index, Arena arena) {
    int segments = Memory.getInt(at + SEGMENTS);
    if (segmentOf(index) < segments) {
      return;
    }
    long directory = Memory.getLong(at + DIRECTORY);
    int capacity = Memory.getInt(at + DIRECTORY_CAPACITY);
    if (segments == capacity) {
      long wider = arena.allocate(capacity * 16L);
      Memory.copy(directory, wider, capacity * 8L);
      arena.free(directory, capacity * 8L);
      directory = wider;
      Memory.putLong(at + DIRECTORY, wider);
      Memory.putInt(at + DIRECTORY_CAPACITY, capacity * 2);
    }
    Memory.putLong(
        directory + segments * 8L, arena.allocate((long) segmentBuckets(segments) * BUCKET_BYTES));
    Memory.putInt(at + SEGMENTS, segments + 1);
  }

  /**
   * Frees the last segment once the table ends in the first half of the one before, so that one
   * element more or less does not take and free a segment in turn.
   */
  static void endAt(long at, int buckets, Arena arena) {
    int last = Memory.getInt(at + SEGMENTS) - 1;
    int ending = segmentOf(buckets - 1);
    if (ending < last - 1
        || ending < last && buckets - segmentBegin(ending) <= segmentBuckets(ending) / 2) {
      long directory = Memory.getLong(at + DIRECTORY);
      arena.free(Memory.getLong(directory + last * 8L), (long) segmentBuckets(last) * BUCKET_BYTES);
      Memory.putInt(at + SEGMENTS, last);
    }
  }
}
