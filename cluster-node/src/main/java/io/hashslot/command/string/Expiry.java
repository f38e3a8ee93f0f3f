package io.hashslot.command.string;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import org.jspecify.annotations.Nullable;

/**
 * The time options of SET, GETEX, SETEX and PSETEX: relative or absolute, in seconds or
 * milliseconds.
 */
enum Expiry {
  EX(1000, true),
  PX(1, true),
  EXAT(1000, false),
  PXAT(1, false);

  private final int unitMs;
  private final boolean relative;

  Expiry(int unitMs, boolean relative) {
    this.unitMs = unitMs;
    this.relative = relative;
  }

  /**
   * Returns the Unix time in milliseconds that an argument asks for.
   *
   * @throws CommandException if it is no positive number, or beyond what 64 bits hold
   */
  long atMs(Context ctx, Args args, int argument) {
    long amount = args.integer(argument);
    if (amount <= 0 || amount > Long.MAX_VALUE / unitMs) {
      throw invalid(ctx);
    }
    long ms = amount * unitMs;
    if (!relative) {
      return ms;
    }
    if (ms > Long.MAX_VALUE - ctx.nowMs()) {
      throw invalid(ctx);
    }
    return ctx.nowMs() + ms;
  }

  /** Returns the time option that an argument names, or null. */
  static @Nullable Expiry named(Args args, int i) {
    if (args.is(i, "EX")) {
      return EX;
    }
    if (args.is(i, "PX")) {
      return PX;
    }
    if (args.is(i, "EXAT")) {
      return EXAT;
    }
    return args.is(i, "PXAT") ? PXAT : null;
  }

  private static CommandException invalid(Context ctx) {
    return CommandException.err("invalid expire time in '" + ctx.command().name() + "' command");
  }
}
