package io.hashslot.memory;

import org.agrona.UnsafeApi;

/**
 * The one class that touches raw memory. Addresses are absolute native addresses; multi-byte
 * numbers are in the byte order of the machine (little endian on every machine we run on) and need
 * no alignment. Nothing is checked: a wrong address is a crash.
 */
public final class Memory {
  private static final long BYTES = UnsafeApi.arrayBaseOffset(byte[].class);

  private Memory() {}

  /**
   * Takes {@code size} bytes (at least 1) from the system, with undefined contents; throws
   * OutOfMemoryError if there are none.
   */
  public static long allocate(long size) {
    return UnsafeApi.allocateMemory(size);
  }

  /** Resizes a block of {@link #allocate}, keeping its contents; the address may change. */
  public static long reallocate(long address, long size) {
    return UnsafeApi.reallocateMemory(address, size);
  }

  /** Gives a block of {@link #allocate} back to the system. */
  public static void free(long address) {
    UnsafeApi.freeMemory(address);
  }

  public static byte getByte(long address) {
    return UnsafeApi.getByte(address);
  }

  public static void putByte(long address, int value) {
    UnsafeApi.putByte(address, (byte) value);
  }

  /** The byte at {@code address}, 0 to 255. */
  public static int getUnsignedByte(long address) {
    return UnsafeApi.getByte(address) & 0xFF;
  }

  public static short getShort(long address) {
    return UnsafeApi.getShort(address);
  }

  public static void putShort(long address, int value) {
    UnsafeApi.putShort(address, (short) value);
  }

  public static int getInt(long address) {
    return UnsafeApi.getInt(address);
  }

  public static void putInt(long address, int value) {
    UnsafeApi.putInt(address, value);
  }

  /** The four bytes at {@code address} as a number from 0 to 2^32 - 1. */
  public static long getUnsignedInt(long address) {
    return UnsafeApi.getInt(address) & 0xFFFF_FFFFL;
  }

  public static long getLong(long address) {
    return UnsafeApi.getLong(address);
  }

  public static void putLong(long address, long value) {
    UnsafeApi.putLong(address, value);
  }

  public static double getDouble(long address) {
    return UnsafeApi.getDouble(address);
  }

  public static void putDouble(long address, double value) {
    UnsafeApi.putDouble(address, value);
  }

  /** Copies {@code length} bytes; the ranges may overlap. */
  public static void copy(long source, long target, long length) {
    if (length <= 32 && (source + length <= target || target + length <= source)) {
      copySmall(source, target, (int) length);
    } else {
      UnsafeApi.copyMemory(source, target, length);
    }
  }

  /**
   * A few plain moves: the intrinsic's call and its memory barriers cost more than the copy of a
   * short key.
   */
  private static void copySmall(long source, long target, int length) {
    if (length >= 8) {
      long last = UnsafeApi.getLong(source + length - 8);
      for (int i = 0; i < length - 8; i += 8) {
        UnsafeApi.putLong(target + i, UnsafeApi.getLong(source + i));
      }
      UnsafeApi.putLong(target + length - 8, last);
    } else if (length >= 4) {
      int last = UnsafeApi.getInt(source + length - 4);
      UnsafeApi.putInt(target, UnsafeApi.getInt(source));
      UnsafeApi.putInt(target + length - 4, last);
    } else {
      for (int i = 0; i < length; i++) {
        UnsafeApi.putByte(target + i, UnsafeApi.getByte(source + i));
      }
    }
  }

  /**
   * Copies {@code length} bytes of {@code source}, beginning at {@code offset}, to native memory.
   */
  public static void copy(byte[] source, int offset, long target, int length) {
    UnsafeApi.copyMemory(source, BYTES + offset, null, target, length);
  }

  /**
   * Copies {@code length} bytes of native memory into {@code target}, beginning at {@code offset}.
   */
  public static void copy(long source, byte[] target, int offset, int length) {
    UnsafeApi.copyMemory(null, source, target, BYTES + offset, length);
  }

  /** A copy of {@code length} bytes on the heap. */
  public static byte[] bytes(long address, int length) {
    byte[] copy = new byte[length];
    copy(address, copy, 0, length);
    return copy;
  }

  /** Sets {@code length} bytes to {@code value}. */
  public static void fill(long address, long length, int value) {
    UnsafeApi.setMemory(address, length, (byte) value);
  }

  /** Whether two ranges of {@code length} bytes hold the same; eight bytes a step. */
  public static boolean equal(long one, long other, int length) {
    if (length >= 8) {
      int last = length - 8;
      for (int i = 0; i < last; i += 8) {
        if (UnsafeApi.getLong(one + i) != UnsafeApi.getLong(other + i)) {
          return false;
        }
      }
      return UnsafeApi.getLong(one + last) == UnsafeApi.getLong(other + last);
    }
    if (length >= 4) {
      return UnsafeApi.getInt(one) == UnsafeApi.getInt(other)
          && UnsafeApi.getInt(one + length - 4) == UnsafeApi.getInt(other + length - 4);
    }
    for (int i = 0; i < length; i++) {
      if (UnsafeApi.getByte(one + i) != UnsafeApi.getByte(other + i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Orders two ranges as unsigned bytes, the shorter first if it is a prefix of the other; eight
   * bytes a step.
   */
  public static int compare(long one, int oneLength, long other, int otherLength) {
    int shared = Math.min(oneLength, otherLength);
    int i = 0;
    for (; i + 8 <= shared; i += 8) {
      long a = UnsafeApi.getLong(one + i);
      long b = UnsafeApi.getLong(other + i);
      if (a != b) {
        return Long.compareUnsigned(Long.reverseBytes(a), Long.reverseBytes(b));
      }
    }
    for (; i < shared; i++) {
      int difference = getUnsignedByte(one + i) - getUnsignedByte(other + i);
      if (difference != 0) {
        return difference;
      }
    }
    return Integer.compare(oneLength, otherLength);
  }
}
