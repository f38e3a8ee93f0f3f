package io.hashslot.command.list;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.value.ListValue;

/** LSET key index element */
final class Lset {
  private static final CommandException OUT_OF_RANGE = CommandException.err("index out of range");

  private Lset() {}

  static void execute(Context ctx, Args args) {
    Key key = ctx.key(1);
    ListValue list = ctx.values().listForWrite(key);
    if (list == null) {
      throw CommandException.NO_SUCH_KEY;
    }
    // The C servers take the low 32 bits for the place, too, and replicas must do the same.
    int index = (int) args.integer(2);
    list.expect(args.length(3), 1);
    if (!list.seek(index)) {
      throw OUT_OF_RANGE;
    }
    list.replace(args.address(3), args.length(3));
    list.shrink();
    ctx.changed(key, KeyEvent.LIST, "lset");
    ctx.reply().ok();
  }
}
