package io.hashslot.resp;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.agrona.UnsafeApi;
import org.jspecify.annotations.Nullable;

/**
 * Double-precision numbers as text, both ways, as Valkey 8.0 and Redis 7.2 read and write them;
 * checked against Valkey 8.0.1.
 *
 * <p>Written is the shortest text that reads back as the same number: whole numbers within 64 bits
 * as such, others with a point or, if they are very small or have many zeros, with an exponent,
 * such as {@code 1e-7} and {@code 1.5e+300}; infinities as {@code inf} and {@code -inf}.
 */
public final class DoubleText {
  /** Longest text that {@link #write} makes, in bytes. */
  public static final int LONGEST = 25;

  /** Decimal exponents beyond this overflow or vanish, whatever the digits. */
  private static final int DECIMAL_EXPONENT_LIMIT = 20_000;

  /** Longer texts are refused before they are looked at. */
  private static final int LONGEST_READ = 5 * 1024 - 1;

  /**
   * Whole numbers below this are exact, and so is their quotient by a power of ten in the table.
   */
  private static final long EXACT = 1L << 53;

  private static final double[] POWERS_OF_TEN = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18
  };

  private DoubleText() {}

  /** Writes a number at a native address with room for {@link #LONGEST} bytes; returns how many. */
  public static int write(long address, double value) {
    long whole = (long) value;
    if (whole == value && whole != Long.MAX_VALUE && !isNegativeZero(value)) {
      return Decimal.write(address, whole);
    }
    String text = text(value);
    for (int i = 0; i < text.length(); i++) {
      UnsafeApi.putByte(address + i, (byte) text.charAt(i));
    }
    return text.length();
  }

  /** The text of a number. */
  public static String text(double value) {
    long whole = (long) value;
    if (whole == value && whole != Long.MAX_VALUE) {
      return isNegativeZero(value) ? "-0" : Long.toString(whole);
    }
    return shortestText(value);
  }

  /**
   * The shortest text that tells a number from its neighbours, with an exponent where that is
   * shorter, for whole numbers, too. Fingerprints of data are made of it.
   */
  public static String shortestText(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return isNegativeZero(value) ? "-0" : "0";
    }
    BigDecimal shortest = shortest(Math.abs(value));
    String digits = shortest.unscaledValue().toString();
    return (value < 0 ? "-" : "") + placed(digits, -shortest.scale());
  }

  /** Java shows at least two digits, even where one would do. */
  private static BigDecimal shortest(double value) {
    BigDecimal shown = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    if (shown.precision() == 2) {
      BigDecimal one = shown.round(new MathContext(1, RoundingMode.HALF_EVEN)).stripTrailingZeros();
      if (one.doubleValue() == value) {
        return one;
      }
    }
    return shown;
  }

  private static boolean isNegativeZero(double value) {
    return value == 0 && Double.doubleToRawLongBits(value) != 0;
  }

  /**
   * The text of a number with up to 17 digits, which is more than there need be, as {@code %.17g}
   * of the C library makes it. ZSCAN still shows scores in this way.
   */
  public static String textOf17Digits(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value) || value == 0) {
      return text(value);
    }
    BigDecimal rounded =
        new BigDecimal(value).abs().round(new MathContext(17)).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    String sign = value < 0 ? "-" : "";
    if (exponent >= -4 && exponent < 17) {
      return sign + rounded.toPlainString();
    }
    String digits = rounded.unscaledValue().toString();
    return sign
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }

  /** The number {@code digits * 10^scale}, in the shape that its size asks for. */
  private static String placed(String digits, int scale) {
    int length = digits.length();
    int exponent = scale + length - 1;
    if (scale >= 0 && exponent < length + 7) {
      return digits + "0".repeat(scale);
    }
    if (scale < 0 && (scale > -7 || Math.abs(exponent) < 4)) {
      int point = length + scale;
      return point > 0
          ? digits.substring(0, point) + "." + digits.substring(point)
          : "0." + "0".repeat(-point) + digits;
    }
    return digits.charAt(0)
        + (length > 1 ? "." + digits.substring(1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + Math.abs(exponent);
  }

  /**
   * Reads a number as the arguments of commands are: all of the text must be the number, decimal or
   * hexadecimal, or infinity written out.
   *
   * @return NaN if it is none, or is too large or too small for a double
   */
  public static double parse(long address, int length) {
    double simple = simple(address, length);
    if (!Double.isNaN(simple)) {
      return simple;
    }
    if (length == 0 || length > LONGEST_READ) {
      return Double.NaN;
    }
    String text = latin(address, length);
    String digits = unsigned(text);
    if (isInfinity(digits)) {
      return text.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    BigDecimal exact = FloatText.parse(digits, DECIMAL_EXPONENT_LIMIT);
    if (exact == null) {
      return Double.NaN;
    }
    double value = exact.doubleValue();
    if (Double.isInfinite(value) || value == 0 && exact.signum() != 0) {
      return Double.NaN;
    }
    return text.charAt(0) == '-' ? -value : value;
  }

  /**
   * Reads a number as the bounds of ranges are: like {@link #parse}, but nothing at all is 0, space
   * before the number does not matter, and what is too large is infinite.
   *
   * @return NaN if it is none
   */
  public static double parseBound(long address, int length) {
    double simple = simple(address, length);
    if (!Double.isNaN(simple)) {
      return simple;
    }
    if (length > LONGEST_READ) {
      return Double.NaN;
    }
    String all = latin(address, length);
    // As in C, the text ends at the first zero byte.
    int zero = all.indexOf('\0');
    String shown = zero < 0 ? all : all.substring(0, zero);
    if (shown.isEmpty()) {
      return 0;
    }
    String text = shown.substring(spaces(shown));
    String digits = unsigned(text);
    boolean negative = text.startsWith("-");
    if (isInfinity(digits)) {
      return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    @Nullable BigDecimal exact = FloatText.parse(digits, DECIMAL_EXPONENT_LIMIT);
    if (exact == null) {
      return Double.NaN;
    }
    return negative ? -exact.doubleValue() : exact.doubleValue();
  }

  /** Reads digits with at most one point among them, if the result is exact; NaN otherwise. */
  private static double simple(long address, int length) {
    if (length == 0 || length > 20) {
      return Double.NaN;
    }
    boolean negative = UnsafeApi.getByte(address) == '-';
    long digits = 0;
    int count = 0;
    int point = -1;
    for (int i = negative ? 1 : 0; i < length; i++) {
      int c = UnsafeApi.getByte(address + i);
      if (c >= '0' && c <= '9') {
        digits = digits * 10 + (c - '0');
        count++;
      } else if (c == '.' && point < 0) {
        point = i;
      } else {
        return Double.NaN;
      }
    }
    if (count == 0 || count > 18 || digits >= EXACT) {
      return Double.NaN;
    }
    double value = point < 0 ? digits : digits / POWERS_OF_TEN[length - 1 - point];
    return negative ? -value : value;
  }

  private static String unsigned(String text) {
    boolean signed = text.startsWith("-") || text.startsWith("+");
    return signed ? text.substring(1) : text;
  }

  private static boolean isInfinity(String text) {
    return text.equalsIgnoreCase("inf") || text.equalsIgnoreCase("infinity");
  }

  private static int spaces(String text) {
    int at = 0;
    while (at < text.length()
        && (text.charAt(at) == ' ' || text.charAt(at) >= '\t' && text.charAt(at) <= '\r')) {
      at++;
    }
    return at;
  }

  private static String latin(long address, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) (UnsafeApi.getByte(address + i) & 0xFF));
    }
    return text.toString();
  }
}
