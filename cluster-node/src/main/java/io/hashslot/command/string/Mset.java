package io.hashslot.command.string;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.keyspace.Keys;

/** MSET key value [key value ...]; also MSETNX key value [key value ...] */
final class Mset {
  private Mset() {}

  static void execute(Context ctx, Args args) {
    requirePairs(ctx, args);
    setAll(ctx, args);
    ctx.reply().ok();
  }

  static void ifAllAbsent(Context ctx, Args args) {
    requirePairs(ctx, args);
    for (int i = 1; i < args.count(); i += 2) {
      if (ctx.keys().findForWrite(ctx.key(i)) != null) {
        ctx.reply().integer(0);
        return;
      }
    }
    setAll(ctx, args);
    ctx.reply().integer(1);
  }

  private static void requirePairs(Context ctx, Args args) {
    if (args.count() % 2 == 0) {
      throw CommandException.err(
          "wrong number of arguments for '" + ctx.command().name() + "' command");
    }
  }

  private static void setAll(Context ctx, Args args) {
    for (int i = 1; i < args.count(); i += 2) {
      Set.put(ctx, args, ctx.key(i), i + 1, Keys.NO_EXPIRY);
    }
  }
}
