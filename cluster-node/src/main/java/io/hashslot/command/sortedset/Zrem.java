package io.hashslot.command.sortedset;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.value.SortedSetValue;

/** ZREM key member [member ...] */
final class Zrem {
  private Zrem() {}

  static void execute(Context ctx, Args args) {
    Key key = ctx.key(1);
    SortedSetValue set = ctx.values().sortedSetForWrite(key);
    if (set == null) {
      ctx.reply().integer(0);
      return;
    }
    int removed = 0;
    for (int i = 2; i < args.count() && !set.isEmpty(); i++) {
      if (set.remove(args.address(i), args.length(i))) {
        removed++;
      }
    }
    removed(ctx, key, removed, "zrem");
    ctx.reply().integer(removed);
  }

  /** Tells what follows from the removal of elements; a set without elements goes. */
  static void removed(Context ctx, Key key, long removed, String event) {
    if (removed == 0) {
      return;
    }
    ctx.changed(key, KeyEvent.SORTED_SET, event);
    ctx.changedMany(removed - 1);
    if (ctx.values().removeIfEmpty(key)) {
      ctx.notify(key, KeyEvent.GENERIC, "del");
    }
  }
}
