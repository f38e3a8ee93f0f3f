package io.hashslot.command.list;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.structure.Needle;
import io.hashslot.value.ListSide;
import io.hashslot.value.ListValue;

/** LINSERT key BEFORE | AFTER pivot element */
final class Linsert {
  private static final int NO_PIVOT = -1;

  private Linsert() {}

  static void execute(Context ctx, Args args) {
    boolean after = args.is(2, "AFTER");
    if (!after && !args.is(2, "BEFORE")) {
      throw CommandException.SYNTAX;
    }
    Key key = ctx.key(1);
    ListValue list = ctx.values().listForWrite(key);
    if (list == null) {
      ctx.reply().integer(0);
      return;
    }
    list.expect(args.length(4), 1);
    if (!find(list, args)) {
      ctx.reply().integer(NO_PIVOT);
      return;
    }
    list.insert(after, args.address(4), args.length(4));
    ctx.changed(key, KeyEvent.LIST, "linsert");
    ctx.reply().integer(list.size());
  }

  private static boolean find(ListValue list, Args args) {
    Needle pivot = list.needle(args.address(3), args.length(3));
    boolean more = list.seek(ListSide.LEFT);
    while (more && !list.is(pivot)) {
      more = list.next(ListSide.LEFT);
    }
    return more;
  }
}
