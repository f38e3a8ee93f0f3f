package io.hashslot.command.sortedset;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.value.SortedSetValue;

/** ZCARD key */
final class Zcard {
  private Zcard() {}

  static void execute(Context ctx, Args args) {
    SortedSetValue set = ctx.values().sortedSet(ctx.key(1));
    ctx.reply().integer(set == null ? 0 : set.size());
  }
}
