package io.hashslot.command.stream;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.memory.Memory;
import io.hashslot.structure.IdTree;
import org.jspecify.annotations.Nullable;

/**
 * The id of an entry: two unsigned numbers, written {@code ms-sequence}.
 *
 * @param ms milliseconds, unsigned
 * @param sequence the place within the millisecond, unsigned
 */
record StreamId(long ms, long sequence) implements Comparable<StreamId> {
  static final StreamId LEAST = new StreamId(0, 0);
  static final StreamId GREATEST = new StreamId(-1, -1);

  static final CommandException INVALID =
      CommandException.err("Invalid stream ID specified as stream command argument");

  private static final int LONGEST_TEXT = 127;

  /**
   * Reads an id whose sequence may be left out.
   *
   * @param missingSequence what it is then
   * @throws CommandException {@link #INVALID}
   */
  static StreamId of(Args args, int i, long missingSequence) {
    StreamId id = parse(args.address(i), args.length(i), missingSequence);
    if (id == null) {
      throw INVALID;
    }
    return id;
  }

  /** Whether an argument is a time in milliseconds with {@code *} in place of the sequence. */
  static boolean hasOpenSequence(Args args, int i) {
    int ms = args.length(i) - 2;
    return ms > 0
        && ms < LONGEST_TEXT - 1
        && Memory.getByte(args.address(i) + ms) == '-'
        && Memory.getByte(args.address(i) + ms + 1) == '*'
        && UnsignedText.isNumber(args.address(i), ms);
  }

  /** Reads an argument that {@link #hasOpenSequence}; the sequence is 0. */
  static StreamId withOpenSequence(Args args, int i) {
    return new StreamId(UnsignedText.value(args.address(i), args.length(i) - 2), 0);
  }

  /** Whether an argument is an id. */
  static boolean isId(Args args, int i) {
    return parse(args.address(i), args.length(i), 0) != null;
  }

  /** Whether an argument is one character. */
  static boolean isSign(Args args, int i, char sign) {
    return args.length(i) == 1 && Memory.getByte(args.address(i)) == sign;
  }

  /**
   * Reads an id; null if the text is none. As in the C servers, the text ends where a zero byte is.
   */
  static @Nullable StreamId parse(long address, int textLength, long missingSequence) {
    if (textLength > LONGEST_TEXT) {
      return null;
    }
    int length = find(address, textLength, 0);
    int dash = find(address, length, '-');
    if (!UnsignedText.isNumber(address, dash)) {
      return null;
    }
    long ms = UnsignedText.value(address, dash);
    if (dash == length) {
      return new StreamId(ms, missingSequence);
    }
    long rest = address + dash + 1;
    int restLength = length - dash - 1;
    return UnsignedText.isNumber(rest, restLength)
        ? new StreamId(ms, UnsignedText.value(rest, restLength))
        : null;
  }

  /** Where a character first stands; the length if it does not. */
  private static int find(long address, int length, int character) {
    int at = 0;
    while (at < length && Memory.getByte(address + at) != character) {
      at++;
    }
    return at;
  }

  /** Returns the id right after this one; the greatest has none. */
  StreamId next() {
    return sequence == -1 ? new StreamId(ms + 1, 0) : new StreamId(ms, sequence + 1);
  }

  /** Returns the id right before this one; the least has none. */
  StreamId previous() {
    return sequence == 0 ? new StreamId(ms - 1, -1) : new StreamId(ms, sequence - 1);
  }

  @Override
  public int compareTo(StreamId other) {
    return IdTree.compare(ms, sequence, other.ms, other.sequence);
  }

  /** Returns the id as it is written. */
  String text() {
    return text(ms, sequence);
  }

  /** Returns an id as it is written. */
  static String text(long ms, long sequence) {
    return Long.toUnsignedString(ms) + '-' + Long.toUnsignedString(sequence);
  }
}
