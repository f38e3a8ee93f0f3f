package io.hashslot.command.set;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.value.SetValue;

/** SISMEMBER key member */
final class Sismember {
  private Sismember() {}

  static void execute(Context ctx, Args args) {
    SetValue set = ctx.values().set(ctx.key(1));
    boolean member = set != null && set.contains(args.address(2), args.length(2));
    ctx.reply().integer(member ? 1 : 0);
  }
}
