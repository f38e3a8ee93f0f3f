package io.hashslot.resp;

import org.agrona.UnsafeApi;

/** Whole numbers as decimal text in native memory, both ways. */
public final class Decimal {
  private Decimal() {}

  /**
   * Returned by {@link #parse} for text that is no canonical 64-bit number; see {@link #isLong}.
   */
  public static final long NOT_A_NUMBER = Long.MIN_VALUE;

  /** Returns the number of characters that {@link #write} needs for a value. */
  public static int length(long value) {
    if (value < 0) {
      return value == Long.MIN_VALUE ? 20 : 1 + length(-value);
    }
    if (value < 10) {
      return 1;
    }
    int digits = 1;
    long bound = 10;
    while (digits < 19 && value >= bound) {
      digits++;
      bound *= 10;
    }
    return digits;
  }

  /** Writes a number at a native address (up to 20 bytes) and returns how many bytes it took. */
  public static int write(long address, long value) {
    if (value >= 0 && value < 10) {
      UnsafeApi.putByte(address, (byte) ('0' + value));
      return 1;
    }
    if (value == Long.MIN_VALUE) {
      String text = Long.toString(value);
      for (int i = 0; i < 20; i++) {
        UnsafeApi.putByte(address + i, (byte) text.charAt(i));
      }
      return 20;
    }
    int length = length(value);
    long rest = value;
    int first = 0;
    if (value < 0) {
      UnsafeApi.putByte(address, (byte) '-');
      rest = -value;
      first = 1;
    }
    for (int i = length - 1; i >= first; i--) {
      UnsafeApi.putByte(address + i, (byte) ('0' + rest % 10));
      rest /= 10;
    }
    return length;
  }

  /**
   * Tells whether native bytes are a whole number in the only form that Redis takes for one: no
   * plus sign, no leading zeros, no spaces, within 64 bits.
   */
  public static boolean isLong(long address, int length) {
    return parse(address, length) != NOT_A_NUMBER || isMinimum(address, length);
  }

  /**
   * Returns the value of canonical decimal text, or {@link #NOT_A_NUMBER}, which is also the value
   * of the least number: ask {@link #isLong} when that matters.
   */
  public static long parse(long address, int length) {
    if (length == 0 || length > 20) {
      return NOT_A_NUMBER;
    }
    int at = 0;
    boolean negative = UnsafeApi.getByte(address) == '-';
    if (negative) {
      if (length == 1) {
        return NOT_A_NUMBER;
      }
      at = 1;
    }
    int digit = UnsafeApi.getByte(address + at) - '0';
    if (digit < 0 || digit > 9 || (digit == 0 && length > 1)) {
      return NOT_A_NUMBER;
    }
    long value = -digit;
    for (at++; at < length; at++) {
      digit = UnsafeApi.getByte(address + at) - '0';
      if (digit < 0 || digit > 9) {
        return NOT_A_NUMBER;
      }
      // Counted downwards, because the negative range is one larger.
      if (value < (Long.MIN_VALUE + digit) / 10) {
        return NOT_A_NUMBER;
      }
      value = value * 10 - digit;
    }
    if (negative) {
      return value;
    }
    return value == Long.MIN_VALUE ? NOT_A_NUMBER : -value;
  }

  private static boolean isMinimum(long address, int length) {
    String minimum = "-9223372036854775808";
    if (length != minimum.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (UnsafeApi.getByte(address + i) != minimum.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
