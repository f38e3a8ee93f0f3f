package io.hashslot.command.set;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.value.SetValue;

/** SMISMEMBER key member [member ...] */
final class Smismember {
  private Smismember() {}

  static void execute(Context ctx, Args args) {
    SetValue set = ctx.values().set(ctx.key(1));
    ctx.reply().array(args.count() - 2);
    for (int i = 2; i < args.count(); i++) {
      boolean member = set != null && set.contains(args.address(i), args.length(i));
      ctx.reply().integer(member ? 1 : 0);
    }
  }
}
