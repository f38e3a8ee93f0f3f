package io.hashslot.slot;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.agrona.UnsafeApi;

/**
 * CRC-16/XMODEM: polynomial 0x1021, initial value 0, bits in order, no final xor; the check value
 * of "123456789" is 0x31C3.
 *
 * <p>Eight bytes a step. A CRC is linear, so the contribution of a byte that stands k bytes before
 * the end of a group of eight can be looked up on its own in table k, and the eight lookups, which
 * do not wait for each other, are added by xor. A byte-by-byte loop would be a chain of dependent
 * loads, one per byte of the key.
 */
final class Crc16 {
  private static final int POLYNOMIAL = 0x1021;

  /** Table k begins at {@code k << 8}: the remainder of a byte followed by k zero bytes. */
  private static final char[] TABLE = tables();

  private static final VarHandle BIG_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final VarHandle BIG_ENDIAN_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private static final boolean NATIVE_LITTLE_ENDIAN =
      ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  private Crc16() {}

  static int of(byte[] bytes, int offset, int length) {
    int crc = 0;
    int at = offset;
    int end = offset + length;
    for (; end - at >= 8; at += 8) {
      crc = step8(crc, (long) BIG_ENDIAN_LONG.get(bytes, at));
    }
    if (end - at >= 4) {
      crc = step4(crc, (int) BIG_ENDIAN_INT.get(bytes, at));
      at += 4;
    }
    for (; at < end; at++) {
      crc = step1(crc, bytes[at]);
    }
    return crc;
  }

  static int of(long address, int length) {
    int crc = 0;
    long at = address;
    long end = address + length;
    for (; end - at >= 8; at += 8) {
      long word = UnsafeApi.getLong(at);
      crc = step8(crc, NATIVE_LITTLE_ENDIAN ? Long.reverseBytes(word) : word);
    }
    if (end - at >= 4) {
      int word = UnsafeApi.getInt(at);
      crc = step4(crc, NATIVE_LITTLE_ENDIAN ? Integer.reverseBytes(word) : word);
      at += 4;
    }
    for (; at < end; at++) {
      crc = step1(crc, UnsafeApi.getByte(at));
    }
    return crc;
  }

  private static int step1(int crc, byte next) {
    return (crc << 8 & 0xFFFF) ^ TABLE[(crc >>> 8 ^ next) & 0xFF];
  }

  /** The word's most significant byte is the first of the four. */
  private static int step4(int crc, int word) {
    int mixed = word ^ crc << 16;
    return TABLE[0x300 | mixed >>> 24]
        ^ TABLE[0x200 | (mixed >>> 16 & 0xFF)]
        ^ TABLE[0x100 | (mixed >>> 8 & 0xFF)]
        ^ TABLE[mixed & 0xFF];
  }

  /** The word's most significant byte is the first of the eight. */
  private static int step8(int crc, long word) {
    long mixed = word ^ (long) crc << 48;
    return TABLE[0x700 | (int) (mixed >>> 56)]
        ^ TABLE[0x600 | ((int) (mixed >>> 48) & 0xFF)]
        ^ TABLE[0x500 | ((int) (mixed >>> 40) & 0xFF)]
        ^ TABLE[0x400 | ((int) (mixed >>> 32) & 0xFF)]
        ^ TABLE[0x300 | ((int) (mixed >>> 24) & 0xFF)]
        ^ TABLE[0x200 | ((int) (mixed >>> 16) & 0xFF)]
        ^ TABLE[0x100 | ((int) (mixed >>> 8) & 0xFF)]
        ^ TABLE[(int) mixed & 0xFF];
  }

  private static char[] tables() {
    char[] table = new char[8 * 256];
    for (int value = 0; value < 256; value++) {
      int crc = value << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) != 0 ? crc << 1 ^ POLYNOMIAL : crc << 1;
      }
      table[value] = (char) crc;
    }
    for (int at = 256; at < table.length; at++) {
      int before = table[at - 256];
      table[at] = (char) (before << 8 ^ table[before >>> 8]);
    }
    return table;
  }
}
