package io.hashslot.command.list;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.keyspace.Key;
import io.hashslot.value.ListSide;
import io.hashslot.value.ListValue;

/** LMOVE source destination LEFT | RIGHT LEFT | RIGHT, and RPOPLPUSH */
final class Lmove {
  private Lmove() {}

  static void execute(Context ctx, Args args) {
    ListSide from = ListEnds.side(args, 3);
    ListSide to = ListEnds.side(args, 4);
    move(ctx, from, to);
  }

  /** RPOPLPUSH source destination */
  static void rightToLeft(Context ctx, Args args) {
    move(ctx, ListSide.RIGHT, ListSide.LEFT);
  }

  private static void move(Context ctx, ListSide from, ListSide to) {
    Key source = ctx.key(1);
    ListValue list = ctx.values().listForWrite(source);
    if (list == null) {
      ctx.reply().nil();
    } else {
      ListEnds.move(ctx, source, list, from, ctx.key(2), to);
    }
  }
}
