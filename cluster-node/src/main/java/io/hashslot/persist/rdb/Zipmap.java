package io.hashslot.persist.rdb;

import io.hashslot.memory.Memory;
import io.hashslot.structure.Listpack;

/**
 * The zipmap, in which servers before Redis 2.6 saved small hashes; only read. Nothing about its
 * bytes is believed.
 *
 * <pre>
 * pairs, 1 (254: count them) | pairs … | FF
 *
 * pair: length, field, length, free bytes, 1, value, free bytes; a length is 1 byte, or FE and 4
 * </pre>
 */
final class Zipmap {
  private static final int END = 0xFF;
  private static final int LONG_LENGTH = 0xFE;
  private static final int MANY = 0xFE;

  private final BlockRoom target;
  private final long end;
  private long at;

  private Zipmap(long address, int length, BlockRoom target) {
    this.target = target;
    at = address + 1;
    end = address + length - 1;
  }

  /**
   * Makes a listpack with the same fields and values, one after the other.
   *
   * @param into becomes the listpack
   * @return false if the zipmap is damaged
   */
  static boolean toListpack(NativeBlock zipmap, NativeBlock into) {
    long address = zipmap.address();
    int length = zipmap.length;
    into.clear();
    return length >= 2
        && Memory.getUnsignedByte(address + length - 1) == END
        && new Zipmap(address, length, new BlockRoom(into)).copy(Memory.getUnsignedByte(address));
  }

  private boolean copy(int declared) {
    Listpack.create(target);
    int pairs = 0;
    for (; at != end; pairs++) {
      if (!text(false) || !text(true)) {
        return false;
      }
    }
    return pairs > 0 && (declared >= MANY || declared == pairs);
  }

  private boolean text(boolean isValue) {
    if (at >= end) {
      return false;
    }
    long length = Memory.getUnsignedByte(at++);
    if (length == LONG_LENGTH) {
      if (end - at < 4) {
        return false;
      }
      length = Memory.getUnsignedInt(at);
      at += 4;
    } else if (length == END) {
      return false;
    }
    int free = 0;
    if (isValue) {
      if (at >= end) {
        return false;
      }
      free = Memory.getUnsignedByte(at++);
    }
    if (length + free > end - at) {
      return false;
    }
    Listpack.append(target, at, (int) length);
    at += length + free;
    return true;
  }
}
