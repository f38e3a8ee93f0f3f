package io.hashslot.command.string;

import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** SETEX key seconds value; also PSETEX key milliseconds value */
final class Setex {
  private Setex() {}

  static void seconds(Context ctx, Args args) {
    set(ctx, args, Expiry.EX);
  }

  static void millis(Context ctx, Args args) {
    set(ctx, args, Expiry.PX);
  }

  private static void set(Context ctx, Args args, Expiry expiry) {
    Set.putUntil(ctx, args, ctx.key(1), 3, expiry.atMs(ctx, args, 2));
    ctx.reply().ok();
  }
}
