package io.hashslot.command.set;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.value.SetValue;

/** SCARD key */
final class Scard {
  private Scard() {}

  static void execute(Context ctx, Args args) {
    SetValue set = ctx.values().set(ctx.key(1));
    ctx.reply().integer(set == null ? 0 : set.size());
  }
}
