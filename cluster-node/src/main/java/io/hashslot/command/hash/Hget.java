package io.hashslot.command.hash;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.value.HashValue;
import org.jspecify.annotations.Nullable;

/** HGET key field */
final class Hget {
  private Hget() {}

  static void execute(Context ctx, Args args) {
    reply(ctx, args, ctx.values().hash(ctx.key(1)), 2);
  }

  /** Replies with the value of the field that is an argument. */
  static void reply(Context ctx, Args args, @Nullable HashValue hash, int field) {
    if (hash == null || !hash.get(args.address(field), args.length(field))) {
      ctx.reply().nil();
    } else {
      ctx.reply().bulk(hash.found().address(), hash.found().length());
    }
  }
}
