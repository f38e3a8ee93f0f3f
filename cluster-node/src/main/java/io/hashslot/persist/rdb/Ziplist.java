package io.hashslot.persist.rdb;

import io.hashslot.memory.Memory;
import io.hashslot.structure.Listpack;

/**
 * The ziplist, in which servers before Redis 7.0 saved small collections; only read. Nothing about
 * its bytes is believed.
 *
 * <pre>
 * total bytes, 4 | offset of the last entry, 4 | entries, 2 (65535: count them) | entries … | FF
 *
 * entry: size of the one before, 1, or FE and 4
 *   00LLLLLL             text up to 63 bytes
 *   01LLLLLL LLLLLLLL    text up to 16383 bytes, high bits first
 *   80 and 4             text, length with high bytes first
 *   C0 D0 E0 F0 FE       numbers of 2, 4, 8, 3 and 1 bytes, low bytes first
 *   F1 to FD             0 to 12
 * </pre>
 */
final class Ziplist {
  private static final int HEADER = 10;
  private static final int LAST = 4;
  private static final int COUNT = 8;
  private static final int MANY = 0xFFFF;
  private static final int END = 0xFF;
  private static final int LONG_SIZE = 0xFE;

  private final BlockRoom target;
  private final long address;
  private final long end;

  /** Where reading goes on; the size of the entry before it. */
  private long at;

  private long sizeBefore;

  private Ziplist(long address, int length, BlockRoom target) {
    this.address = address;
    this.target = target;
    end = address + length - 1;
    at = address + HEADER;
  }

  /**
   * Makes a listpack with the same elements.
   *
   * @param into becomes the listpack
   * @return false if the ziplist is damaged
   */
  static boolean toListpack(NativeBlock ziplist, NativeBlock into) {
    long address = ziplist.address();
    int length = ziplist.length;
    into.clear();
    if (length < HEADER + 1
        || Memory.getInt(address) != length
        || Memory.getUnsignedByte(address + length - 1) != END) {
      return false;
    }
    return new Ziplist(address, length, new BlockRoom(into)).copy();
  }

  private boolean copy() {
    Listpack.create(target);
    long last = address + HEADER;
    int entries = 0;
    for (; at != end; entries++) {
      last = at;
      if (!entry()) {
        return false;
      }
      sizeBefore = at - last;
    }
    int declared = Memory.getShort(address + COUNT) & MANY;
    return (declared == MANY || declared == entries)
        && Memory.getUnsignedInt(address + LAST) == last - address;
  }

  /** Copies the entry that begins here and goes on behind it; false if there is none. */
  private boolean entry() {
    long before = Memory.getUnsignedByte(at++);
    if (before == LONG_SIZE) {
      if (end - at < 4) {
        return false;
      }
      before = Memory.getUnsignedInt(at);
      at += 4;
    }
    if (before != sizeBefore || at >= end) {
      return false;
    }
    int first = Memory.getUnsignedByte(at++);
    return switch (first >>> 6) {
      case 0 -> text(first);
      case 1 -> {
        at++;
        yield at <= end && text((first & 0x3F) << 8 | Memory.getUnsignedByte(at - 1));
      }
      case 2 -> {
        at += 4;
        yield first == 0x80
            && at <= end
            && text(Integer.toUnsignedLong(Integer.reverseBytes(Memory.getInt(at - 4))));
      }
      default -> number(first);
    };
  }

  private boolean text(long length) {
    if (length > end - at) {
      return false;
    }
    Listpack.append(target, at, (int) length);
    at += length;
    return true;
  }

  private boolean number(int first) {
    int bytes =
        switch (first) {
          case 0xC0 -> 2;
          case 0xD0 -> 4;
          case 0xE0 -> 8;
          case 0xF0 -> 3;
          case 0xFE -> 1;
          default -> 0;
        };
    if (bytes == 0 && (first < 0xF1 || first > 0xFD) || bytes > end - at) {
      return false;
    }
    Listpack.appendLong(target, bytes == 0 ? (first & 0xF) - 1 : signed(bytes));
    at += bytes;
    return true;
  }

  private long signed(int bytes) {
    long value = Memory.getByte(at + bytes - 1);
    for (int i = bytes - 2; i >= 0; i--) {
      value = value << 8 | Memory.getUnsignedByte(at + i);
    }
    return value;
  }
}
