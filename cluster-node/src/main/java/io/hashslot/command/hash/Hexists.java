package io.hashslot.command.hash;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.value.HashValue;

/** HEXISTS key field */
final class Hexists {
  private Hexists() {}

  static void execute(Context ctx, Args args) {
    HashValue hash = ctx.values().hash(ctx.key(1));
    boolean there = hash != null && hash.contains(args.address(2), args.length(2));
    ctx.reply().integer(there ? 1 : 0);
  }
}
