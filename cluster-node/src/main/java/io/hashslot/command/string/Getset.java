package io.hashslot.command.string;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;

/** GETSET key value */
final class Getset {
  private Getset() {}

  static void execute(Context ctx, Args args) {
    Key key = ctx.key(1);
    Set.replyOld(ctx, key);
    Set.put(ctx, args, key, 2, Keys.NO_EXPIRY);
    ctx.effects()
        .command(ctx.database(), "SET", 2)
        .argument(key.address(), key.length())
        .argument(args.address(2), args.length(2));
  }
}
