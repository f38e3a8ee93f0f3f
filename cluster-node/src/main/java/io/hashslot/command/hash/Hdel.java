package io.hashslot.command.hash;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.value.HashValue;

/** HDEL key field [field ...] */
final class Hdel {
  private Hdel() {}

  static void execute(Context ctx, Args args) {
    Key key = ctx.key(1);
    HashValue hash = ctx.values().hashForWrite(key);
    int removed = 0;
    if (hash != null) {
      for (int i = 2; i < args.count(); i++) {
        removed += hash.remove(args.address(i), args.length(i)) ? 1 : 0;
      }
    }
    if (removed > 0) {
      ctx.changed(key, KeyEvent.HASH, "hdel");
      ctx.changedMany(removed - 1L);
      if (ctx.values().removeIfEmpty(key)) {
        ctx.notify(key, KeyEvent.GENERIC, "del");
      }
    }
    ctx.reply().integer(removed);
  }
}
