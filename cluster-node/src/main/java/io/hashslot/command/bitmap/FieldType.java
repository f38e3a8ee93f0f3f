package io.hashslot.command.bitmap;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.resp.Decimal;

/**
 * The type of a number in a bit field: {@code i1} to {@code i64}, {@code u1} to {@code u63}.
 *
 * @param signed whether the highest bit is the sign
 * @param bits how wide it is
 */
record FieldType(boolean signed, int bits) {
  /** What becomes of numbers that do not fit. */
  enum Overflow {
    /** The highest bits are lost. */
    WRAP,
    /** The nearest number that fits is taken. */
    SAT,
    /** Nothing is changed. */
    FAIL
  }

  private static final CommandException INVALID =
      CommandException.err(
          "Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported but"
              + " i64 is.");

  /** Reads a type from an argument. */
  static FieldType of(Args args, int argument) {
    int length = args.length(argument);
    char sign = length == 0 ? ' ' : args.text(argument).charAt(0);
    long address = args.address(argument) + 1;
    if (sign != 'i' && sign != 'u' || !Decimal.isLong(address, length - 1)) {
      throw INVALID;
    }
    long bits = Decimal.parse(address, length - 1);
    boolean signed = sign == 'i';
    if (bits < 1 || bits > (signed ? 64 : 63)) {
      throw INVALID;
    }
    return new FieldType(signed, (int) bits);
  }

  /** The number that unsigned bits of this width stand for. */
  long of(long unsigned) {
    return signed ? unsigned << 64 - bits >> 64 - bits : unsigned;
  }

  private long most() {
    return bits == 64 ? Long.MAX_VALUE : (1L << bits - (signed ? 1 : 0)) - 1;
  }

  private long least() {
    return signed ? -most() - 1 : 0;
  }

  /** Whether a sum does not fit: 1 if it is too large, -1 if too small, 0 if it fits. */
  int overflowOf(long value, long added) {
    long most = most();
    long least = least();
    boolean above = signed ? value > most : Long.compareUnsigned(value, most) > 0;
    // Differences to a bound are taken only where they cannot exceed 64 bits themselves.
    if (above || added > 0 && (value >= 0 || bits < 64) && added > most - value) {
      return 1;
    }
    boolean below = signed && value < least;
    return below || added < 0 && (value < 0 || bits < 64) && added < least - value ? -1 : 0;
  }

  /** The sum of two numbers, made to fit. */
  long sum(long value, long added, int overflow, Overflow rule) {
    if (overflow == 0) {
      return value + added;
    }
    if (rule == Overflow.SAT) {
      return overflow > 0 ? most() : least();
    }
    return of(value + added << 64 - bits >>> 64 - bits);
  }
}
