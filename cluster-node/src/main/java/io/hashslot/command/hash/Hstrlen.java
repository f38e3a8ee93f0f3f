package io.hashslot.command.hash;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.value.HashValue;

/** HSTRLEN key field */
final class Hstrlen {
  private Hstrlen() {}

  static void execute(Context ctx, Args args) {
    HashValue hash = ctx.values().hash(ctx.key(1));
    boolean there = hash != null && hash.get(args.address(2), args.length(2));
    ctx.reply().integer(there && hash != null ? hash.found().length() : 0);
  }
}
