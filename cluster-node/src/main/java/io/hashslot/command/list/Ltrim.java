package io.hashslot.command.list;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.value.ListSide;
import io.hashslot.value.ListValue;

/** LTRIM key start stop */
final class Ltrim {
  private Ltrim() {}

  static void execute(Context ctx, Args args) {
    long start = args.integer(2);
    long stop = args.integer(3);
    Key key = ctx.key(1);
    ListValue list = ctx.values().listForWrite(key);
    if (list == null) {
      ctx.reply().ok();
      return;
    }
    long size = list.size();
    long first = Math.max(0, start < 0 ? start + size : start);
    long last = Math.min(size - 1, stop < 0 ? stop + size : stop);
    long before = first > last ? size : first;
    long behind = first > last ? 0 : size - 1 - last;
    if (before > 0) {
      list.removeAt(ListSide.LEFT, before);
    }
    if (behind > 0) {
      list.removeAt(ListSide.RIGHT, behind);
    }
    ctx.changed(key, KeyEvent.LIST, "ltrim");
    ListEnds.afterRemoval(ctx, key, list);
    if (before + behind == 0) {
      ctx.nothingToRepeat();
    }
    ctx.reply().ok();
  }
}
