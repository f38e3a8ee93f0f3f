package io.hashslot.command.list;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.keyspace.Key;
import io.hashslot.value.ListSide;
import io.hashslot.value.ListValue;

/** LPOP key [count], and RPOP */
final class Lpop {
  private static final CommandException NEGATIVE =
      CommandException.err("value is out of range, must be positive");

  private Lpop() {}

  static void left(Context ctx, Args args) {
    pop(ctx, args, ListSide.LEFT);
  }

  static void right(Context ctx, Args args) {
    pop(ctx, args, ListSide.RIGHT);
  }

  private static void pop(Context ctx, Args args, ListSide side) {
    Key key = ctx.key(1);
    if (args.count() == 2) {
      ListValue list = ctx.values().listForWrite(key);
      if (list == null) {
        ctx.reply().nil();
      } else {
        ListEnds.popOne(ctx, key, list, side);
      }
      return;
    }
    if (args.count() > 3) {
      throw CommandException.err(
          "wrong number of arguments for '"
              + (side == ListSide.LEFT ? "lpop" : "rpop")
              + "' command");
    }
    long count = args.integer(2, NEGATIVE);
    if (count < 0) {
      throw NEGATIVE;
    }
    ListValue list = ctx.values().listForWrite(key);
    if (list == null) {
      ctx.reply().nilArray();
    } else if (count == 0) {
      ctx.reply().array(0);
    } else {
      ListEnds.popMany(ctx, key, list, side, Math.min(count, list.size()));
    }
  }
}
