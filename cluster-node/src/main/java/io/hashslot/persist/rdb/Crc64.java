package io.hashslot.persist.rdb;

import org.agrona.UnsafeApi;

/**
 * The checksum of RDB: CRC-64 with the Jones polynomial {@code AD93D23594C935A9}, reflected,
 * initial value 0, no final xor. The digits {@code 123456789} give {@code E9C6D914C4B8D9CA}.
 *
 * <p>Eight bytes a step with eight tables (slicing by eight); needs a little-endian machine, as all
 * of this server's raw memory code does.
 */
public final class Crc64 {
  private static final long REVERSED_POLYNOMIAL = 0x95AC9329AC4BC9B5L;
  private static final long[] TABLES = tables();

  private Crc64() {}

  /**
   * The checksum {@code crc} continued over {@code length} bytes of native memory. Start with 0.
   */
  public static long update(long crc, long address, long length) {
    long[] t = TABLES;
    long at = address;
    long left = length;
    long c = crc;
    for (; left >= 8; left -= 8, at += 8) {
      c ^= UnsafeApi.getLong(at);
      c =
          t[7 * 256 + (int) (c & 0xff)]
              ^ t[6 * 256 + (int) (c >>> 8 & 0xff)]
              ^ t[5 * 256 + (int) (c >>> 16 & 0xff)]
              ^ t[4 * 256 + (int) (c >>> 24 & 0xff)]
              ^ t[3 * 256 + (int) (c >>> 32 & 0xff)]
              ^ t[2 * 256 + (int) (c >>> 40 & 0xff)]
              ^ t[256 + (int) (c >>> 48 & 0xff)]
              ^ t[(int) (c >>> 56)];
    }
    for (; left > 0; left--, at++) {
      c = t[(int) ((c ^ UnsafeApi.getByte(at)) & 0xff)] ^ c >>> 8;
    }
    return c;
  }

  /** Table k holds the effect of a byte followed by k zero bytes. */
  private static long[] tables() {
    long[] t = new long[8 * 256];
    for (int b = 0; b < 256; b++) {
      long c = b;
      for (int bit = 0; bit < 8; bit++) {
        c = (c & 1) != 0 ? c >>> 1 ^ REVERSED_POLYNOMIAL : c >>> 1;
      }
      t[b] = c;
    }
    for (int k = 1; k < 8; k++) {
      for (int b = 0; b < 256; b++) {
        long before = t[(k - 1) * 256 + b];
        t[k * 256 + b] = t[(int) (before & 0xff)] ^ before >>> 8;
      }
    }
    return t;
  }
}
