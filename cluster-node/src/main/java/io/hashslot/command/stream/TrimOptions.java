package io.hashslot.command.stream;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.value.EncodingLimits;
import io.hashslot.value.StreamTrim;
import io.hashslot.value.StreamValue;

/**
 * The options that XADD and XTRIM share: {@code MAXLEN | MINID [= | ~] threshold [LIMIT count]},
 * and where they stand, for they are repeated elsewhere with what came of them.
 */
final class TrimOptions {
  private static final CommandException TWO_WAYS =
      CommandException.err(
          "syntax error, MAXLEN and MINID options at the same time are not compatible");
  private static final CommandException NEGATIVE_LENGTH =
      CommandException.err("The MAXLEN argument must be >= 0.");
  private static final CommandException NEGATIVE_LIMIT =
      CommandException.err("The LIMIT argument must be >= 0.");
  private static final CommandException LIMIT_ALONE =
      CommandException.err(
          "syntax error, LIMIT cannot be used without specifying a trimming strategy");
  private static final CommandException NO_STRATEGY =
      CommandException.err("syntax error, XTRIM must be called with a trimming strategy");
  private static final CommandException LIMIT_OF_EXACT =
      CommandException.err("syntax error, LIMIT cannot be used without the special ~ option");

  /** Chunks of entries that rough trimming may look at, unless told otherwise. */
  private static final int CHUNKS_AT_ONCE = 100;

  private static final int DEFAULT_LIMIT = 10_000;
  private static final int MOST_LIMIT = 1_000_000;

  private boolean byLength;
  private boolean byId;
  private boolean rough;
  private boolean limited;
  private long maxLength;
  private StreamId minId = StreamId.LEAST;
  private long limit;

  /** Where the threshold stands; 0 if nothing is to be trimmed. */
  private int thresholdArgument;

  /**
   * Reads an option.
   *
   * @return the argument behind it, or {@code i} if this is none of these options
   */
  int read(Args args, int i) {
    int behind = args.count() - 1 - i;
    if (behind > 0 && (args.is(i, "MAXLEN") || args.is(i, "MINID"))) {
      return threshold(args, i, behind);
    }
    if (behind > 0 && args.is(i, "LIMIT")) {
      limit = args.integer(i + 1);
      if (limit < 0) {
        throw NEGATIVE_LIMIT;
      }
      limited = true;
      return i + 2;
    }
    return i;
  }

  private int threshold(Args args, int i, int behind) {
    if (byLength || byId) {
      throw TWO_WAYS;
    }
    byLength = args.is(i, "MAXLEN");
    byId = !byLength;
    int at = i + 1;
    if (behind > 1 && (StreamId.isSign(args, at, '~') || StreamId.isSign(args, at, '='))) {
      rough = StreamId.isSign(args, at, '~');
      at++;
    }
    thresholdArgument = at;
    if (byId) {
      minId = StreamId.of(args, at, 0);
    } else {
      maxLength = args.integer(at);
      if (maxLength < 0) {
        throw NEGATIVE_LENGTH;
      }
    }
    return at + 1;
  }

  /**
   * Checks the options against each other.
   *
   * @param required whether there is no point in the command unless it trims
   */
  void check(Context ctx, boolean required) {
    if (limit != 0 && !trims()) {
      throw LIMIT_ALONE;
    }
    if (required && !trims()) {
      throw NO_STRATEGY;
    }
    // What has been trimmed exactly where it was asked for may come with the limit it had there.
    if (ctx.replaying()) {
      return;
    }
    if (limited && !rough) {
      throw LIMIT_OF_EXACT;
    }
  }

  /** Whether anything is to be trimmed. */
  boolean trims() {
    return byLength || byId;
  }

  /** Whether the request has to be repeated elsewhere as {@link #repeated} says. */
  boolean rough() {
    return rough;
  }

  /** Trims a stream; returns how many entries are gone. */
  long apply(Context ctx, StreamValue stream) {
    long most = limit;
    if (rough && !limited && !ctx.replaying()) {
      most = defaultLimit(stream.cell().limits());
    }
    return new StreamTrim(byLength, maxLength, minId.ms(), minId.sequence(), rough, most)
        .apply(stream);
  }

  private static long defaultLimit(EncodingLimits limits) {
    long most = CHUNKS_AT_ONCE * limits.streamNodeMaxEntries;
    return most <= 0 ? DEFAULT_LIMIT : Math.min(most, MOST_LIMIT);
  }

  /**
   * Adds an argument of the request to what is repeated elsewhere: a rough threshold as the exact
   * one that gives the same stream.
   */
  void repeated(Context ctx, Args args, int i, StreamValue stream) {
    if (!rough || i < thresholdArgument - 1 || i > thresholdArgument) {
      ctx.effects().argument(args.address(i), args.length(i));
    } else if (i < thresholdArgument) {
      ctx.effects().argument("=");
    } else if (byLength) {
      ctx.effects().argument(stream.size());
    } else if (stream.size() == 0) {
      ctx.effects().argument(StreamId.GREATEST.text());
    } else {
      ctx.effects().argument(StreamId.text(stream.firstMs(), stream.firstSequence()));
    }
  }
}
