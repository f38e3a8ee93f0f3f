package io.hashslot.command.string;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;

/** SETNX key value */
final class Setnx {
  private Setnx() {}

  static void execute(Context ctx, Args args) {
    Key key = ctx.key(1);
    if (ctx.keys().findForWrite(key) != null) {
      ctx.reply().integer(0);
      return;
    }
    Set.put(ctx, args, key, 2, Keys.NO_EXPIRY);
    ctx.reply().integer(1);
  }
}
