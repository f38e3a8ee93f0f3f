package io.hashslot.command.hash;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.value.HashValue;

/** HSETNX key field value */
final class Hsetnx {
  private Hsetnx() {}

  static void execute(Context ctx, Args args) {
    Key key = ctx.key(1);
    HashValue hash = ctx.values().hashOrNew(key);
    if (hash.contains(args.address(2), args.length(2))) {
      ctx.reply().integer(0);
      return;
    }
    Hset.put(hash, args, 2);
    ctx.changed(key, KeyEvent.HASH, "hset");
    ctx.reply().integer(1);
  }
}
