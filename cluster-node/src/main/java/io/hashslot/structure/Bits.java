package io.hashslot.structure;

import io.hashslot.memory.Memory;

/**
 * Bits in native memory, numbered as in Redis' bitmaps: bit 0 is the highest bit of the first byte.
 * Whole words are read where that is possible; nothing outside the range is touched.
 */
public final class Bits {
  private Bits() {}

  /** The bit at {@code at}: 0 or 1. */
  public static int get(long address, long at) {
    return Memory.getByte(address + (at >>> 3)) >>> (7 - (at & 7)) & 1;
  }

  /** Sets the bit at {@code at} to 0 or 1. */
  public static void set(long address, long at, int bit) {
    int mask = 0x80 >>> (at & 7);
    int old = Memory.getByte(address + (at >>> 3));
    Memory.putByte(address + (at >>> 3), bit == 0 ? old & ~mask : old | mask);
  }

  /** How many of the bits from {@code from} to {@code to}, both included, are 1. */
  public static long count(long address, long from, long to) {
    long first = from >>> 3;
    long last = to >>> 3;
    if (first == last) {
      return Integer.bitCount(head(address, from) & 0xFF << 7 - (to & 7));
    }
    return Integer.bitCount(head(address, from))
        + countBytes(address + first + 1, last - first - 1)
        + Integer.bitCount(Memory.getUnsignedByte(address + last) & 0xFF << 7 - (to & 7));
  }

  private static int head(long address, long from) {
    return Memory.getUnsignedByte(address + (from >>> 3)) & 0xFF >>> (from & 7);
  }

  private static long countBytes(long address, long length) {
    long count = 0;
    long at = address;
    long end = address + length;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      count += Long.bitCount(Memory.getLong(at));
    }
    for (; at < end; at++) {
      count += Integer.bitCount(Memory.getUnsignedByte(at));
    }
    return count;
  }

  /**
   * The first place from {@code from} to {@code to}, both included, that has this bit, or -1.
   *
   * @param bit 0 or 1
   */
  public static long find(long address, int bit, long from, long to) {
    // What is looked for becomes 1, so that the first one is found by counting zeros before it.
    int flip = bit == 0 ? 0xFF : 0;
    long at = from >>> 3;
    long last = to >>> 3;
    int found = (Memory.getUnsignedByte(address + at) ^ flip) & 0xFF >>> (from & 7);
    long words = bit == 0 ? -1L : 0;
    while (found == 0 && at < last) {
      at++;
      while (at + Long.BYTES <= last && Memory.getLong(address + at) == words) {
        at += Long.BYTES;
      }
      found = Memory.getUnsignedByte(address + at) ^ flip;
    }
    long place = (at << 3) + Integer.numberOfLeadingZeros(found) - 24;
    return found == 0 || place > to ? -1 : place;
  }

  /**
   * Reads a number of 1 to 64 bits, highest bit first, unsigned. Bits behind the {@code length}
   * bytes at {@code address} count as zeros.
   */
  public static long read(long address, long length, long at, int bits) {
    long byteAt = at >>> 3;
    long high = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      high = high << 8 | byteOrZero(address, length, byteAt + i);
    }
    int shift = (int) (at & 7);
    long ninth = shift == 0 ? 0 : byteOrZero(address, length, byteAt + 8) >>> 8 - shift;
    return (high << shift | ninth) >>> 64 - bits;
  }

  private static long byteOrZero(long address, long length, long at) {
    return at < length ? Memory.getUnsignedByte(address + at) : 0;
  }

  /** Writes the lowest 1 to 64 bits of a number, highest first; all of them must be in place. */
  public static void write(long address, long at, int bits, long value) {
    for (int i = 0; i < bits; i++) {
      set(address, at + i, (int) (value >>> bits - 1 - i) & 1);
    }
  }
}
