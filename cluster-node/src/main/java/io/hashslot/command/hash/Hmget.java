package io.hashslot.command.hash;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.value.HashValue;

/** HMGET key field [field ...] */
final class Hmget {
  private Hmget() {}

  static void execute(Context ctx, Args args) {
    HashValue hash = ctx.values().hash(ctx.key(1));
    ctx.reply().array(args.count() - 2);
    for (int i = 2; i < args.count(); i++) {
      Hget.reply(ctx, args, hash, i);
    }
  }
}
