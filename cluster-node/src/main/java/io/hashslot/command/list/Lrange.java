package io.hashslot.command.list;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.value.ListSide;
import io.hashslot.value.ListValue;

/** LRANGE key start stop */
final class Lrange {
  private Lrange() {}

  static void execute(Context ctx, Args args) {
    long start = args.integer(2);
    long stop = args.integer(3);
    ListValue list = ctx.values().list(ctx.key(1));
    if (list == null) {
      ctx.reply().array(0);
      return;
    }
    long size = list.size();
    long first = Math.max(0, start < 0 ? start + size : start);
    long last = Math.min(size - 1, stop < 0 ? stop + size : stop);
    if (first > last) {
      ctx.reply().array(0);
      return;
    }
    ctx.reply().array(last - first + 1);
    list.seek(first);
    ListEnds.reply(ctx, list.element());
    for (long i = first; i < last; i++) {
      list.next(ListSide.LEFT);
      ListEnds.reply(ctx, list.element());
    }
  }
}
