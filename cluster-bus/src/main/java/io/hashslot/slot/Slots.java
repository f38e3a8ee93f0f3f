package io.hashslot.slot;

import java.nio.ByteOrder;
import org.agrona.UnsafeApi;

/**
 * Which of the 16384 slots a key belongs to: the low 14 bits of the CRC16 of the key or, if it has
 * one, of its hash tag.
 *
 * <p>The tag is what stands between the first <code>{</code> and the first <code>}</code> after it,
 * provided it is not empty: <code>{user1}.cart</code> hashes {@code user1}, <code>a{}{b}</code>
 * hashes whole, <code>a{{b}}c</code> hashes <code>{b</code>.
 */
public final class Slots {
  /** The number of slots; slots are numbered from 0. */
  public static final int COUNT = 16384;

  private static final int MASK = COUNT - 1;
  private static final long EVERY_BYTE = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long OPENING_IN_EVERY_BYTE = EVERY_BYTE * '{';

  /** Whether the first byte of a word in memory is its least significant one. */
  private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  private Slots() {}

  /** The slot of a key on the heap. */
  public static int of(byte[] key) {
    return of(key, 0, key.length);
  }

  /**
   * The slot of a key that is a part of an array.
   *
   * @throws IndexOutOfBoundsException if the part is not inside the array
   */
  public static int of(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int opening = indexOf((byte) '{', bytes, offset, end);
    if (opening >= 0) {
      int closing = indexOf((byte) '}', bytes, opening + 1, end);
      if (closing > opening + 1) {
        return Crc16.of(bytes, opening + 1, closing - opening - 1) & MASK;
      }
    }
    return Crc16.of(bytes, offset, length) & MASK;
  }

  /**
   * The slot of a key in native memory. The range is not checked: the caller must own it.
   *
   * @param address absolute address of the first byte
   * @param length in bytes, 0 or more
   */
  public static int of(long address, int length) {
    long end = address + length;
    long opening = firstOpening(address, end);
    if (opening != end) {
      long closing = opening + 1;
      while (closing < end && UnsafeApi.getByte(closing) != '}') {
        closing++;
      }
      if (closing < end && closing > opening + 1) {
        return Crc16.of(opening + 1, (int) (closing - opening - 1)) & MASK;
      }
    }
    return Crc16.of(address, length) & MASK;
  }

  /** Whether a number names a slot. */
  public static boolean isValid(long slot) {
    return slot >= 0 && slot < COUNT;
  }

  /**
   * Address of the first opening brace, or {@code end}. Eight bytes a step: most keys have none.
   */
  private static long firstOpening(long address, long end) {
    long at = address;
    for (; end - at >= 8; at += 8) {
      long difference = UnsafeApi.getLong(at) ^ OPENING_IN_EVERY_BYTE;
      long zeroBytes = difference - EVERY_BYTE & ~difference & HIGH_BITS;
      if (zeroBytes != 0) {
        // In a little-endian word borrows only spoil bytes after the first zero, so it is exact.
        if (LITTLE_ENDIAN) {
          return at + (Long.numberOfTrailingZeros(zeroBytes) >>> 3);
        }
        break;
      }
    }
    while (at < end && UnsafeApi.getByte(at) != '{') {
      at++;
    }
    return at;
  }

  private static int indexOf(byte wanted, byte[] bytes, int from, int end) {
    for (int at = from; at < end; at++) {
      if (bytes[at] == wanted) {
        return at;
      }
    }
    return -1;
  }
}
