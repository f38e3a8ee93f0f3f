package io.hashslot.command.bitmap;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.LengthLimit;
import io.hashslot.resp.Decimal;

/** Reads the place of a bit, and says how far one may be. */
final class BitOffset {
  private static final CommandException OUT_OF_RANGE =
      CommandException.err("bit offset is not an integer or out of range");

  private final LengthLimit limit;

  BitOffset(LengthLimit limit) {
    this.limit = limit;
  }

  /** Reads a place from an argument, 0 up to what {@code proto-max-bulk-len} allows. */
  long read(Context ctx, Args args, int argument) {
    return checked(ctx, args.integer(argument, OUT_OF_RANGE));
  }

  /** Reads a place that may be given as a multiple of a width: {@code #3} for the fourth field. */
  long read(Context ctx, Args args, int argument, int width) {
    int length = args.length(argument);
    if (length == 0 || args.text(argument).charAt(0) != '#') {
      return read(ctx, args, argument);
    }
    long address = args.address(argument) + 1;
    if (!Decimal.isLong(address, length - 1)) {
      throw OUT_OF_RANGE;
    }
    return checked(ctx, Decimal.parse(address, length - 1) * width);
  }

  private long checked(Context ctx, long place) {
    if (place < 0 || place >>> 3 >= limit.most(ctx)) {
      throw OUT_OF_RANGE;
    }
    return place;
  }
}
