package io.hashslot.structure;

import io.hashslot.memory.Memory;

/**
 * The sparse form of the registers of a {@link HyperLogLog}: runs of equal registers, behind the
 * header up to the end of the room. Which runs there are after a change is part of the format: the
 * bytes are those that Redis would have, given the same changes in the same order.
 *
 * <pre>
 *   00LLLLLL            L + 1 registers of 0, 1 to 64
 *   01LLLLLL LLLLLLLL   L + 1 registers of 0, 1 to 16384; high bits first
 *   1VVVVVLL            L + 1 registers of V + 1: 1 to 4 of a value of 1 to 32
 * </pre>
 */
final class SparseRegisters {
  /** What has become of an attempt to raise a register. */
  enum Raised {
    NO,
    YES,
    /** It takes the dense form. */
    TOO_LARGE
  }

  static final int EMPTY_BYTES = 2;
  private static final int MOST_VALUE = 32;
  private static final int MOST_VALUES = 4;
  private static final int MOST_ZEROS = 64;
  private static final int LONG_ZEROS = 0x40;
  private static final int VALUES = 0x80;

  /** Runs looked at for neighbours that can be joined, from the one before the change on. */
  private static final int JOINED_FROM = 5;

  private SparseRegisters() {}

  /** Writes the run of all registers being 0. */
  static void clear(long at) {
    putRun(at, 0, HyperLogLog.REGISTERS);
  }

  // Runs

  /** Bytes of the run at an address. */
  static int bytes(long run) {
    return Memory.getUnsignedByte(run) >>> 6 == 1 ? 2 : 1;
  }

  /** How many registers the run at an address stands for. */
  static int span(long run) {
    int first = Memory.getUnsignedByte(run);
    if (first >= VALUES) {
      return (first & MOST_VALUES - 1) + 1;
    }
    return first < LONG_ZEROS
        ? first + 1
        : ((first & MOST_ZEROS - 1) << 8 | Memory.getUnsignedByte(run + 1)) + 1;
  }

  /** The span of a long run of zeros whose second byte is missing and taken for 0. */
  static int cutSpan(long run) {
    return ((Memory.getUnsignedByte(run) & MOST_ZEROS - 1) << 8) + 1;
  }

  /** The value of the registers of the run at an address. */
  static int value(long run) {
    int first = Memory.getUnsignedByte(run);
    return first < VALUES ? 0 : (first >>> 2 & MOST_VALUE - 1) + 1;
  }

  private static int bytesFor(int value, int span) {
    return span == 0 ? 0 : value == 0 && span > MOST_ZEROS ? 2 : 1;
  }

  /** Writes a run, unless it is empty; returns where it ends. */
  private static long putRun(long at, int value, int span) {
    int less = span - 1;
    switch (bytesFor(value, span)) {
      case 0 -> {}
      case 1 -> Memory.putByte(at, value == 0 ? less : VALUES | value - 1 << 2 | less);
      default -> {
        Memory.putByte(at, LONG_ZEROS | less >>> 8);
        Memory.putByte(at + 1, less);
      }
    }
    return at + bytesFor(value, span);
  }

  // The registers

  /** The runs of a string from outside, made sure to stand for all registers, no more, no less. */
  static void check(long string, int length) {
    int registers = 0;
    int at = HyperLogLog.HEADER_BYTES;
    while (at < length) {
      int next = behind(string, length, at);
      registers += span(string + at);
      at = next;
    }
    if (registers != HyperLogLog.REGISTERS) {
      throw CorruptedHyperLogLogException.INSTANCE;
    }
  }

  /** Where the run at a place ends, made sure that it does not end beyond the string. */
  private static int behind(long string, int length, int at) {
    if (at >= length || at + bytes(string + at) > length) {
      throw CorruptedHyperLogLogException.INSTANCE;
    }
    return at + bytes(string + at);
  }

  /** The value of a register. */
  static int get(long string, int length, int index) {
    int first = 0;
    int at = HyperLogLog.HEADER_BYTES;
    while (true) {
      int next = behind(string, length, at);
      first += span(string + at);
      if (index < first) {
        return value(string + at);
      }
      at = next;
    }
  }

  /**
   * Raises a register to a value, if it is less.
   *
   * @param mostBytes how long the string may become
   */
  static Raised raise(Room room, int index, int value, long mostBytes) {
    if (value > MOST_VALUE) {
      return Raised.TOO_LARGE;
    }
    long string = room.address();
    int end = room.length();
    int before = HyperLogLog.HEADER_BYTES;
    int at = before;
    int first = 0;
    int next = behind(string, end, at);
    while (index >= first + span(string + at)) {
      first += span(string + at);
      before = at;
      at = next;
      next = behind(string, end, at);
    }
    int old = value(string + at);
    if (old >= value) {
      return Raised.NO;
    }
    if (!split(room, at, index - first, value, mostBytes)) {
      return Raised.TOO_LARGE;
    }
    join(room, before);
    return Raised.YES;
  }

  /** Cuts one register out of a run; false if the string would become too long. */
  private static boolean split(Room room, int at, int left, int value, long mostBytes) {
    long run = room.address() + at;
    int old = value(run);
    int right = span(run) - 1 - left;
    int oldBytes = bytes(run);
    int growth = bytesFor(old, left) + 1 + bytesFor(old, right) - oldBytes;
    int length = room.length();
    if (growth > 0 && length + growth > mostBytes) {
      return false;
    }
    if (growth > 0) {
      run = room.resize(length + growth) + at;
    }
    Memory.copy(run + oldBytes, run + oldBytes + growth, length - at - oldBytes);
    if (growth < 0) {
      run = room.resize(length + growth) + at;
    }
    putRun(putRun(putRun(run, old, left), value, 1), old, right);
    return true;
  }

  /** Joins neighbours with the same value, as far as one run can hold both. */
  private static void join(Room room, int from) {
    long string = room.address();
    int end = room.length();
    int at = from;
    for (int i = 0; i < JOINED_FROM && at < end; i++) {
      long run = string + at;
      int value = value(run);
      int next = at + bytes(run);
      if (value == 0 || next >= end || value(string + next) != value) {
        at = next;
        continue;
      }
      int span = span(run) + span(string + next);
      if (span > MOST_VALUES) {
        at = next;
        continue;
      }
      // The run grows and may grow further: stay with it.
      putRun(run, value, span);
      Memory.copy(run + 2, run + 1, end - at - 2);
      end--;
    }
    if (end < room.length()) {
      room.resize(end);
    }
  }
}
