package io.hashslot.structure;

import io.hashslot.memory.Memory;

/**
 * One element of a {@link Listpack} in bytes: an encoding of one to five bytes, the data, and the
 * size of both, written so that it can be read backwards.
 *
 * <pre>
 * first byte   what                     in all, without the size behind
 * 0xxxxxxx     0 to 127                 1
 * 10LLLLLL     text up to 63 bytes      1 + L
 * 110xxxxx     13 bits, signed          2           high bits first
 * 1110LLLL     text up to 4095 bytes    2 + L       high bits first
 * F0           longer text              5 + L       length in four bytes, low ones first
 * F1 F2 F3 F4  16 24 32 64 bits         3 4 5 9     low bytes first
 * FF           end of the listpack
 * </pre>
 *
 * <p>The size behind has seven bits to a byte, high ones first; all bytes but the first have their
 * top bit set.
 */
final class ListpackElement {
  static final int END = 0xFF;

  private static final int TEXT_6 = 0x80;
  private static final int INT_13 = 0xC0;
  private static final int TEXT_12 = 0xE0;
  private static final int TEXT_32 = 0xF0;
  private static final int INT_16 = 0xF1;
  private static final int INT_24 = 0xF2;
  private static final int INT_32 = 0xF3;
  private static final int INT_64 = 0xF4;

  private ListpackElement() {}

  // Reading

  /** Bytes of the element at {@code p} and of its size behind it. */
  static int span(long p) {
    int first = Memory.getUnsignedByte(p);
    if (first < TEXT_6) {
      return 2;
    }
    if (first < INT_13) {
      return (first & 0x3F) + 2;
    }
    int size = (int) size(p, first);
    return size + sizeBytes(size);
  }

  /** Bytes of an element without the size behind it; -1 if nothing begins with this byte. */
  private static long size(long p, int first) {
    if (first < TEXT_6) {
      return 1;
    }
    if (first < INT_13) {
      return (first & 0x3F) + 1;
    }
    if (first < TEXT_12) {
      return 2;
    }
    if (first < TEXT_32) {
      return 2 + ((first & 0xF) << 8 | Memory.getUnsignedByte(p + 1));
    }
    return switch (first) {
      case TEXT_32 -> 5 + Memory.getUnsignedInt(p + 1);
      case INT_16 -> 3;
      case INT_24 -> 4;
      case INT_32 -> 5;
      case INT_64 -> 9;
      default -> -1;
    };
  }

  /**
   * Like {@link #span}, for bytes that may be anything: -1 unless a whole element with its true
   * size behind it stands before {@code end}.
   */
  static int checkedSpan(long p, long end) {
    int first = Memory.getUnsignedByte(p);
    int header = first < INT_13 || first > TEXT_32 ? 1 : first == TEXT_32 ? 5 : 2;
    long room = end - p;
    if (room < header) {
      return -1;
    }
    long size = size(p, first);
    if (size < 0 || size >= room) {
      return -1;
    }
    int sizeBytes = sizeBytes((int) size);
    if (size + sizeBytes > room) {
      return -1;
    }
    long at = p + size;
    for (int i = sizeBytes - 1, rest = (int) size; i >= 0; i--, rest >>>= 7) {
      if (Memory.getUnsignedByte(at + i) != (i > 0 ? rest & 0x7F | 0x80 : rest)) {
        return -1;
      }
    }
    return (int) size + sizeBytes;
  }

  /** Where the element begins whose size stands right before {@code end}. */
  static long before(long end) {
    long at = end - 1;
    int b = Memory.getUnsignedByte(at);
    int size = b & 0x7F;
    for (int shift = 7; (b & 0x80) != 0; shift += 7) {
      b = Memory.getUnsignedByte(--at);
      size |= (b & 0x7F) << shift;
    }
    return at - size;
  }

  static boolean isInt(long p) {
    int first = Memory.getUnsignedByte(p);
    return first < TEXT_6 || first >= INT_13 && first < TEXT_12 || first > TEXT_32;
  }

  /** The number an element is. */
  static long longValue(long p) {
    int first = Memory.getUnsignedByte(p);
    if (first < TEXT_6) {
      return first;
    }
    return switch (first) {
      case INT_16 -> Memory.getShort(p + 1);
      case INT_24 -> Memory.getShort(p + 1) & 0xFFFF | Memory.getByte(p + 3) << 16;
      case INT_32 -> Memory.getInt(p + 1);
      case INT_64 -> Memory.getLong(p + 1);
      default -> (first << 8 | Memory.getUnsignedByte(p + 1)) << 19 >> 19;
    };
  }

  /** How long the text is that an element is. */
  static int textLength(long p) {
    int first = Memory.getUnsignedByte(p);
    if (first < INT_13) {
      return first & 0x3F;
    }
    return first < TEXT_32
        ? (first & 0xF) << 8 | Memory.getUnsignedByte(p + 1)
        : Memory.getInt(p + 1);
  }

  /** Where the text begins that an element is. */
  static long text(long p) {
    int first = Memory.getUnsignedByte(p);
    return p + (first < INT_13 ? 1 : first < TEXT_32 ? 2 : 5);
  }

  // Writing

  /** Bytes of an element of text, without the size behind it. */
  static int textSize(int length) {
    return length + (length <= 63 ? 1 : length <= 4095 ? 2 : 5);
  }

  /** Bytes of an element that is a number, without the size behind it. */
  static int longSize(long value) {
    if (value >= 0 && value <= 127) {
      return 1;
    }
    if (value >= -4096 && value <= 4095) {
      return 2;
    }
    if (value == (short) value) {
      return 3;
    }
    if (value >= -(1 << 23) && value < 1 << 23) {
      return 4;
    }
    return value == (int) value ? 5 : 9;
  }

  /**
   * Bytes that the size behind an element takes. The bounds are those of Redis: one less than seven
   * bits to a byte allow, from two bytes on.
   */
  static int sizeBytes(int size) {
    if (size <= 127) {
      return 1;
    }
    if (size < 16383) {
      return 2;
    }
    if (size < 2097151) {
      return 3;
    }
    return size < 268435455 ? 4 : 5;
  }

  /** Writes an element of text whose {@link #textSize} is {@code size}, and its size behind it. */
  static void putText(long p, int size, long address, int length) {
    if (length <= 63) {
      Memory.putByte(p, TEXT_6 | length);
    } else if (length <= 4095) {
      Memory.putByte(p, TEXT_12 | length >>> 8);
      Memory.putByte(p + 1, length);
    } else {
      Memory.putByte(p, TEXT_32);
      Memory.putInt(p + 1, length);
    }
    Memory.copy(address, p + size - length, length);
    putSize(p + size, size);
  }

  /** Writes a number whose {@link #longSize} is {@code size}, and its size behind it. */
  static void putLong(long p, int size, long value) {
    switch (size) {
      case 1 -> Memory.putByte(p, (int) value);
      case 2 -> {
        Memory.putByte(p, INT_13 | (int) value >>> 8 & 0x1F);
        Memory.putByte(p + 1, (int) value);
      }
      case 3 -> {
        Memory.putByte(p, INT_16);
        Memory.putShort(p + 1, (int) value);
      }
      case 4 -> {
        Memory.putByte(p, INT_24);
        Memory.putShort(p + 1, (int) value);
        Memory.putByte(p + 3, (int) value >> 16);
      }
      case 5 -> {
        Memory.putByte(p, INT_32);
        Memory.putInt(p + 1, (int) value);
      }
      default -> {
        Memory.putByte(p, INT_64);
        Memory.putLong(p + 1, value);
      }
    }
    putSize(p + size, size);
  }

  private static void putSize(long at, int size) {
    if (size <= 127) {
      Memory.putByte(at, size);
      return;
    }
    int rest = size;
    for (int i = sizeBytes(size) - 1; i > 0; i--, rest >>>= 7) {
      Memory.putByte(at + i, rest | 0x80);
    }
    Memory.putByte(at, rest);
  }
}
