package io.hashslot.command.stream;

import io.hashslot.memory.Memory;

/**
 * Unsigned 64-bit numbers as text in native memory, in every form that the C servers take: leading
 * white space, a plus sign and leading zeros are let pass.
 */
final class UnsignedText {
  private UnsignedText() {}

  /** Whether the text is a number from 0 to 2^64 - 1. */
  static boolean isNumber(long address, int length) {
    int at = digits(address, length);
    if (at == length) {
      return false;
    }
    long value = 0;
    for (; at < length; at++) {
      int digit = Memory.getByte(address + at) - '0';
      boolean fits =
          Long.compareUnsigned(value, Long.divideUnsigned(-1, 10)) < 0
              || value == Long.divideUnsigned(-1, 10) && digit <= 5;
      if (digit < 0 || digit > 9 || !fits) {
        return false;
      }
      value = value * 10 + digit;
    }
    return true;
  }

  /** The value of text that {@link #isNumber}. */
  static long value(long address, int length) {
    long value = 0;
    for (int at = digits(address, length); at < length; at++) {
      value = value * 10 + Memory.getByte(address + at) - '0';
    }
    return value;
  }

  /** Where the digits should begin. */
  private static int digits(long address, int length) {
    int at = 0;
    while (at < length && isSpace(Memory.getByte(address + at))) {
      at++;
    }
    return at < length && Memory.getByte(address + at) == '+' ? at + 1 : at;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b >= '\t' && b <= '\r';
  }
}
