package io.hashslot.resp;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The text of floating-point numbers as the C library reads it: decimal digits with an optional
 * point and exponent, or hexadecimal ones after {@code 0x} with an optional binary exponent.
 */
final class FloatText {
  private FloatText() {}

  /**
   * Returns the exact value of text without a sign, or null if it is no number. Exponents beyond a
   * limit are brought down to it: such numbers are out of reach anyway.
   */
  static @Nullable BigDecimal parse(String text, int exponentLimit) {
    boolean hexadecimal = text.startsWith("0x") || text.startsWith("0X");
    int radix = hexadecimal ? 16 : 10;
    int at = hexadecimal ? 2 : 0;
    StringBuilder digits = new StringBuilder(text.length());
    int decimals = 0;
    boolean point = false;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '.' && !point) {
        point = true;
      } else if (c < 128 && Character.digit(c, radix) >= 0) {
        digits.append(c);
        decimals += point ? 1 : 0;
      } else {
        break;
      }
    }
    if (digits.isEmpty()) {
      return null;
    }
    int exponent = 0;
    if (at < text.length()) {
      if (Character.toLowerCase(text.charAt(at)) != (hexadecimal ? 'p' : 'e')) {
        return null;
      }
      Integer given = exponent(text.substring(at + 1), exponentLimit);
      if (given == null) {
        return null;
      }
      exponent = given;
    }
    BigInteger whole = new BigInteger(digits.toString(), radix);
    if (!hexadecimal) {
      return new BigDecimal(whole, decimals - exponent);
    }
    int binary = exponent - 4 * decimals;
    return binary >= 0
        ? new BigDecimal(whole.shiftLeft(binary))
        : new BigDecimal(whole).divide(new BigDecimal(BigInteger.ONE.shiftLeft(-binary)));
  }

  private static @Nullable Integer exponent(String text, int limit) {
    boolean negative = text.startsWith("-");
    String digits = negative || text.startsWith("+") ? text.substring(1) : text;
    if (digits.isEmpty()) {
      return null;
    }
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return null;
      }
      value = Math.min(limit, value * 10 + (c - '0'));
    }
    return negative ? -value : value;
  }
}
