package io.hashslot.structure;

import io.hashslot.memory.Memory;

/**
 * A sorted set of 64-bit numbers as a flat range of bytes: the intset that RDB files and DUMP carry
 * (type 11, checked against Redis 7.0.15 and Valkey 8.0.1). All static; {@code set} is the address
 * of such bytes, and what changes them takes the {@link Room} that is the set, all of it.
 *
 * <pre>
 *   0  bytes of each number: 2, 4 or 8     4 bytes
 *   4  how many numbers there are          4 bytes
 *   8  the numbers, ascending, without gaps and repetitions, little endian
 * </pre>
 *
 * <p>The numbers are as wide as the widest of them ever needed; they never become narrower again.
 * Finding is a binary search; adding and removing moves what stands behind.
 */
public final class IntSet {
  /** Bytes of a set without numbers. */
  public static final int HEADER_BYTES = 8;

  private static final int COUNT = 4;

  private IntSet() {}

  /** Makes the room an empty set. */
  public static void create(Room room) {
    long set = room.resize(HEADER_BYTES);
    Memory.putInt(set, Short.BYTES);
    Memory.putInt(set + COUNT, 0);
  }

  /** How many numbers there are. */
  public static int count(long set) {
    return Memory.getInt(set + COUNT);
  }

  /** Bytes of each number: 2, 4 or 8. */
  public static int width(long set) {
    return Memory.getInt(set);
  }

  /** The number at a place, 0 to {@link #count} - 1, in ascending order. */
  public static long get(long set, int index) {
    return number(set, width(set), index);
  }

  /** Whether a number is there. */
  public static boolean contains(long set, long value) {
    return widthOf(value) <= width(set) && place(set, value) >= 0;
  }

  /** Adds a number; false if it is there already. */
  public static boolean add(Room room, long value) {
    long set = room.address();
    int width = width(set);
    if (widthOf(value) > width) {
      widen(room, value);
      return true;
    }
    int found = place(set, value);
    if (found >= 0) {
      return false;
    }
    int index = ~found;
    int count = count(set);
    set = room.resize(HEADER_BYTES + (count + 1) * width);
    long at = set + HEADER_BYTES + (long) index * width;
    Memory.copy(at, at + width, (long) (count - index) * width);
    put(set, width, index, value);
    Memory.putInt(set + COUNT, count + 1);
    return true;
  }

  /** Removes a number; false if it is not there. */
  public static boolean remove(Room room, long value) {
    if (!contains(room.address(), value)) {
      return false;
    }
    removeAt(room, place(room.address(), value));
    return true;
  }

  /** Removes the number at a place, 0 to {@link #count} - 1. */
  public static void removeAt(Room room, int index) {
    long set = room.address();
    int width = width(set);
    int count = count(set) - 1;
    long at = set + HEADER_BYTES + (long) index * width;
    Memory.copy(at + width, at, (long) (count - index) * width);
    Memory.putInt(set + COUNT, count);
    room.resize(HEADER_BYTES + count * width);
  }

  /**
   * Whether bytes from outside are a set that the other methods can work on: the length fits the
   * header, there is at least one number, and all are in order. Reads nothing beyond the length.
   */
  public static boolean valid(long address, long length) {
    if (length < HEADER_BYTES) {
      return false;
    }
    int width = width(address);
    long count = Memory.getUnsignedInt(address + COUNT);
    if (width != Short.BYTES && width != Integer.BYTES && width != Long.BYTES
        || count == 0
        || length != HEADER_BYTES + count * width) {
      return false;
    }
    for (int i = 1; i < count; i++) {
      if (number(address, width, i - 1) >= number(address, width, i)) {
        return false;
      }
    }
    return true;
  }

  /** The place of a number, or the complement (~) of the place where it belongs. */
  private static int place(long set, long value) {
    int width = width(set);
    int low = 0;
    int high = count(set) - 1;
    // Numbers are often added in ascending order.
    if (high >= 0 && value > number(set, width, high)) {
      return ~(high + 1);
    }
    while (low <= high) {
      int middle = low + high >>> 1;
      long found = number(set, width, middle);
      if (found == value) {
        return middle;
      }
      if (found < value) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return ~low;
  }

  /** Adds a number that is too wide for the rest; so it is the least or the greatest. */
  private static void widen(Room room, long value) {
    long set = room.address();
    int old = width(set);
    int count = count(set);
    int width = widthOf(value);
    set = room.resize(HEADER_BYTES + (count + 1) * width);
    int shift = value < 0 ? 1 : 0;
    // From the last on, so that nothing is overwritten before it is read.
    for (int i = count - 1; i >= 0; i--) {
      put(set, width, i + shift, number(set, old, i));
    }
    put(set, width, value < 0 ? 0 : count, value);
    Memory.putInt(set, width);
    Memory.putInt(set + COUNT, count + 1);
  }

  private static int widthOf(long value) {
    if (value == (short) value) {
      return Short.BYTES;
    }
    return value == (int) value ? Integer.BYTES : Long.BYTES;
  }

  private static long number(long set, int width, int index) {
    long at = set + HEADER_BYTES + (long) index * width;
    return switch (width) {
      case Short.BYTES -> Memory.getShort(at);
      case Integer.BYTES -> Memory.getInt(at);
      default -> Memory.getLong(at);
    };
  }

  private static void put(long set, int width, int index, long value) {
    long at = set + HEADER_BYTES + (long) index * width;
    switch (width) {
      case Short.BYTES -> Memory.putShort(at, (short) value);
      case Integer.BYTES -> Memory.putInt(at, (int) value);
      default -> Memory.putLong(at, value);
    }
  }
}
