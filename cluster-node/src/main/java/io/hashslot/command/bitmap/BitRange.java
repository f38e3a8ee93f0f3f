package io.hashslot.command.bitmap;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;

/**
 * A range of a string as users give it: {@code [start [end [BYTE|BIT]]]}, negative places counted
 * from the end.
 *
 * @param start first place
 * @param end last place, included
 * @param endGiven whether the user has said where the range ends
 * @param bits whether places are bits, not bytes
 */
record BitRange(long start, long end, boolean endGiven, boolean bits) {
  /** Reads a range from the arguments that begin at {@code first}, if there are any. */
  static BitRange of(Args args, int first) {
    int given = args.count() - first;
    long start = given > 0 ? args.integer(first) : 0;
    long end = -1;
    boolean bits = false;
    if (given > 2) {
      bits = args.is(first + 2, "BIT");
      if (given > 3 || !bits && !args.is(first + 2, "BYTE")) {
        throw CommandException.SYNTAX;
      }
    }
    if (given > 1) {
      end = args.integer(first + 1);
    }
    return new BitRange(start, end, given > 1, bits);
  }

  /** The first bit of the range in a string of so many bytes. */
  long firstBit(long length) {
    long total = bits ? length << 3 : length;
    long place = Math.max(0, start < 0 ? total + start : start);
    return bits || place >= total ? place : place << 3;
  }

  /**
   * The last bit of the range in a string of so many bytes; before the first one if it is empty.
   */
  long lastBit(long length) {
    long total = bits ? length << 3 : length;
    long fromEnd = Math.max(0, end < 0 ? total + end : end);
    long place = Math.min(total - 1, fromEnd);
    return bits ? place : (place << 3) + 7;
  }

  /** Whether the range has no bits in a string of so many bytes. */
  boolean isEmpty(long length) {
    long total = bits ? length << 3 : length;
    long from = Math.max(0, start < 0 ? total + start : start);
    long to = Math.min(total - 1, Math.max(0, end < 0 ? total + end : end));
    return from > to;
  }

  /**
   * Whether both ends were counted from the string's end and in the wrong order. In a short string
   * both may still mean its first byte.
   */
  boolean isReversed() {
    return start < 0 && end < 0 && start > end;
  }
}
