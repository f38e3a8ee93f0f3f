package io.hashslot.command.stream;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.memory.Memory;

/**
 * The ends of a range of ids as arguments: an id, {@code (} and an id that is left out itself,
 * {@code -} for the least and {@code +} for the greatest.
 */
final class StreamRange {
  private static final CommandException NO_START =
      CommandException.err("invalid start ID for the interval");
  private static final CommandException NO_END =
      CommandException.err("invalid end ID for the interval");

  private StreamRange() {}

  /** Returns the first id of a range; a missing sequence is the least. */
  static StreamId start(Args args, int i) {
    if (!isExclusive(args, i)) {
      return inclusive(args, i, 0);
    }
    StreamId id = exclusive(args, i, 0);
    if (id.equals(StreamId.GREATEST)) {
      throw NO_START;
    }
    return id.next();
  }

  /** Returns the last id of a range; a missing sequence is the greatest. */
  static StreamId end(Args args, int i) {
    if (!isExclusive(args, i)) {
      return inclusive(args, i, -1);
    }
    StreamId id = exclusive(args, i, -1);
    if (id.equals(StreamId.LEAST)) {
      throw NO_END;
    }
    return id.previous();
  }

  private static boolean isExclusive(Args args, int i) {
    return args.length(i) > 1 && Memory.getByte(args.address(i)) == '(';
  }

  private static StreamId exclusive(Args args, int i, long missingSequence) {
    StreamId id = StreamId.parse(args.address(i) + 1, args.length(i) - 1, missingSequence);
    if (id == null) {
      throw StreamId.INVALID;
    }
    return id;
  }

  /** Returns an id, or what {@code -} and {@code +} stand for. */
  static StreamId inclusive(Args args, int i, long missingSequence) {
    if (StreamId.isSign(args, i, '-')) {
      return StreamId.LEAST;
    }
    return StreamId.isSign(args, i, '+')
        ? StreamId.GREATEST
        : StreamId.of(args, i, missingSequence);
  }
}
