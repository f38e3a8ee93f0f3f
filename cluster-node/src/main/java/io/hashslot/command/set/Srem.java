package io.hashslot.command.set;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.value.SetValue;

/** SREM key member [member ...] */
final class Srem {
  private Srem() {}

  static void execute(Context ctx, Args args) {
    Key key = ctx.key(1);
    SetValue set = ctx.values().setForWrite(key);
    int removed = 0;
    for (int i = 2; set != null && i < args.count(); i++) {
      if (set.remove(args.address(i), args.length(i))) {
        removed++;
      }
    }
    if (removed > 0) {
      ctx.changed(key, KeyEvent.SET, "srem");
      ctx.changedMany(removed - 1);
      endIfEmpty(ctx, key);
    }
    ctx.reply().integer(removed);
  }

  /** A set that has lost its last member goes with it. */
  static void endIfEmpty(Context ctx, Key key) {
    if (ctx.values().removeIfEmpty(key)) {
      ctx.notify(key, KeyEvent.GENERIC, "del");
    }
  }
}
