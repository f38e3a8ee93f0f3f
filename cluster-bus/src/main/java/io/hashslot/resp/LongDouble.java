package io.hashslot.resp;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * A number as C's {@code long double} holds it on x86-64: 64 bits of mantissa, 15 of exponent.
 * INCRBYFLOAT and HINCRBYFLOAT calculate with it, and their digits are visible to clients; so this
 * rounds where the C library rounds: after reading, after adding (to the nearest, ties to even),
 * and when 17 decimals are printed.
 *
 * <p>Finite numbers are {@code mantissa * 2^exponent} exactly. NaN is never held: reading refuses
 * it, and the sum of opposite infinities is infinite here, since both are refused alike.
 */
public final class LongDouble {
  /** The number 0. */
  public static final LongDouble ZERO = new LongDouble(BigInteger.ZERO, 0, true);

  private static final LongDouble INFINITE = new LongDouble(BigInteger.ZERO, 0, false);

  private static final int MANTISSA_BITS = 64;

  /** Exponent of the last bit of the smallest numbers, which have fewer bits. */
  private static final int LEAST_EXPONENT = -16445;

  /** Exponent of the last bit of the largest numbers. */
  private static final int MOST_EXPONENT = 16320;

  /** Decimal exponents beyond this overflow or vanish, whatever the digits. */
  private static final int DECIMAL_EXPONENT_LIMIT = 20_000;

  /** Longer texts are refused before they are looked at, as the C servers do. */
  private static final int LONGEST_TEXT = 5 * 1024 - 1;

  private static final int DECIMALS = 17;

  /** Numbers below 2 to this power have no digit among the decimals. */
  private static final int NOTHING_TO_PRINT = -60;

  private final BigInteger mantissa;
  private final int exponent;
  private final boolean finite;

  private LongDouble(BigInteger mantissa, int exponent, boolean finite) {
    this.mantissa = mantissa;
    this.exponent = exponent;
    this.finite = finite;
  }

  /**
   * Reads decimal or hexadecimal text as {@code strtold} does in the C locale; all of it must be
   * the number, without space around it. Infinity may be written out.
   *
   * @return null if it is none, is NaN, or is too large or too small to be held
   */
  public static @Nullable LongDouble parse(String text) {
    if (text.isEmpty() || text.length() > LONGEST_TEXT) {
      return null;
    }
    boolean negative = text.charAt(0) == '-';
    String digits = negative || text.charAt(0) == '+' ? text.substring(1) : text;
    if (digits.equalsIgnoreCase("inf") || digits.equalsIgnoreCase("infinity")) {
      return INFINITE;
    }
    BigDecimal exact = FloatText.parse(digits, DECIMAL_EXPONENT_LIMIT);
    if (exact == null) {
      return null;
    }
    LongDouble value = nearest(negative ? exact.negate() : exact);
    boolean vanished = value.mantissa.signum() == 0 && exact.signum() != 0;
    return vanished || !value.finite ? null : value;
  }

  private static LongDouble nearest(BigDecimal exact) {
    BigInteger numerator = exact.unscaledValue().abs();
    BigInteger denominator = BigInteger.ONE;
    if (exact.scale() > 0) {
      denominator = BigInteger.TEN.pow(exact.scale());
    } else {
      numerator = numerator.multiply(BigInteger.TEN.pow(-exact.scale()));
    }
    return nearest(numerator, denominator, 0, exact.signum());
  }

  /** Rounds {@code numerator / denominator * 2^scale}. */
  private static LongDouble nearest(
      BigInteger numerator, BigInteger denominator, int scale, int sign) {
    if (numerator.signum() == 0) {
      return ZERO;
    }
    int shift = numerator.bitLength() - denominator.bitLength() - MANTISSA_BITS;
    if (quotient(numerator, denominator, shift)[0].bitLength() > MANTISSA_BITS) {
      shift++;
    }
    shift = Math.max(shift, LEAST_EXPONENT - scale);
    BigInteger[] parts = quotient(numerator, denominator, shift);
    BigInteger rounded = parts[0];
    BigInteger divisor = shift > 0 ? denominator.shiftLeft(shift) : denominator;
    int half = parts[1].shiftLeft(1).compareTo(divisor);
    if (half > 0 || half == 0 && rounded.testBit(0)) {
      rounded = rounded.add(BigInteger.ONE);
    }
    if (rounded.bitLength() > MANTISSA_BITS) {
      rounded = rounded.shiftRight(1);
      shift++;
    }
    if (shift + scale > MOST_EXPONENT) {
      return INFINITE;
    }
    return new LongDouble(sign < 0 ? rounded.negate() : rounded, shift + scale, true);
  }

  private static BigInteger[] quotient(BigInteger numerator, BigInteger denominator, int shift) {
    return shift > 0
        ? numerator.divideAndRemainder(denominator.shiftLeft(shift))
        : numerator.shiftLeft(-shift).divideAndRemainder(denominator);
  }

  /** Returns the sum, rounded to what can be held. */
  public LongDouble plus(LongDouble other) {
    if (!finite || !other.finite) {
      return INFINITE;
    }
    int low = Math.min(exponent, other.exponent);
    BigInteger sum =
        mantissa.shiftLeft(exponent - low).add(other.mantissa.shiftLeft(other.exponent - low));
    return nearest(sum.abs(), BigInteger.ONE, low, sum.signum());
  }

  /** Tells whether the number is neither infinite nor the result of an overflow. */
  public boolean finite() {
    return finite;
  }

  /** Returns the number with up to 17 decimals and no zeros at the end, never with an exponent. */
  @Override
  public String toString() {
    if (!finite) {
      return "inf";
    }
    if (mantissa.bitLength() + exponent < NOTHING_TO_PRINT) {
      return "0";
    }
    BigDecimal exact =
        exponent >= 0
            ? new BigDecimal(mantissa.shiftLeft(exponent))
            : new BigDecimal(mantissa).divide(new BigDecimal(BigInteger.ONE.shiftLeft(-exponent)));
    BigDecimal rounded = exact.setScale(DECIMALS, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
