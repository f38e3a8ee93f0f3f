package io.hashslot.command.list;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.value.ListValue;

/** LLEN key */
final class Llen {
  private Llen() {}

  static void execute(Context ctx, Args args) {
    ListValue list = ctx.values().list(ctx.key(1));
    ctx.reply().integer(list == null ? 0 : list.size());
  }
}
