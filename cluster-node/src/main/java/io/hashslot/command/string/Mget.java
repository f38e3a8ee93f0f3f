package io.hashslot.command.string;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.value.StringValue;

/** MGET key [key ...] */
final class Mget {
  private Mget() {}

  static void execute(Context ctx, Args args) {
    ctx.reply().array(args.count() - 1);
    for (int i = 1; i < args.count(); i++) {
      // A key of another type counts as missing here.
      if (ctx.keys().find(ctx.key(i)) instanceof StringValue value) {
        ctx.reply().bulk(value.address(), value.length());
      } else {
        ctx.reply().nil();
      }
    }
  }
}
