package io.hashslot.command;

import io.hashslot.resp.DoubleText;

/** How long a client is willing to wait, as blocking commands are told; 0 means without end. */
public final class WaitTime {
  private static final CommandException NO_NUMBER =
      CommandException.err("timeout is not a float or out of range");
  private static final CommandException NO_INTEGER =
      CommandException.err("timeout is not an integer or out of range");
  private static final CommandException TOO_LONG = CommandException.err("timeout is out of range");
  private static final CommandException NEGATIVE = CommandException.err("timeout is negative");

  private WaitTime() {}

  /**
   * Returns the milliseconds of an argument in seconds, with decimals; a part of one counts whole.
   *
   * @throws CommandException if it is no number, negative, or ends beyond the end of time
   */
  public static long seconds(Context ctx, Args args, int i) {
    double seconds = DoubleText.parse(args.address(i), args.length(i));
    if (Double.isNaN(seconds)) {
      throw NO_NUMBER;
    }
    double ms = Math.ceil(seconds * 1000);
    if (ms >= Long.MAX_VALUE) {
      throw TOO_LONG;
    }
    return checked(ctx, (long) ms);
  }

  /**
   * Returns an argument in milliseconds.
   *
   * @throws CommandException if it is no integer, negative, or ends beyond the end of time
   */
  public static long milliseconds(Context ctx, Args args, int i) {
    return checked(ctx, args.integer(i, NO_INTEGER));
  }

  private static long checked(Context ctx, long ms) {
    if (ms < 0) {
      throw NEGATIVE;
    }
    if (ms > Long.MAX_VALUE - ctx.nowMs()) {
      throw TOO_LONG;
    }
    return ms;
  }
}
