package io.hashslot.command.list;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.value.ListValue;

/** LINDEX key index */
final class Lindex {
  private Lindex() {}

  static void execute(Context ctx, Args args) {
    ListValue list = ctx.values().list(ctx.key(1));
    if (list != null && list.seek(args.integer(2))) {
      ListEnds.reply(ctx, list.element());
    } else {
      ctx.reply().nil();
    }
  }
}
