package io.hashslot.command.list;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.keyspace.Key;
import io.hashslot.value.ListSide;
import io.hashslot.value.ListValue;

/** LMPOP numkeys key [key ...] LEFT | RIGHT [COUNT count] */
final class Lmpop {
  private static final CommandException NO_KEYS =
      CommandException.err("numkeys should be greater than 0");
  private static final CommandException NO_COUNT =
      CommandException.err("count should be greater than 0");

  private Lmpop() {}

  /**
   * What is asked for; shared with the form that waits, whose arguments begin one later.
   *
   * @param firstKey the argument that is the first key
   */
  record Options(int firstKey, int keys, ListSide side, long count) {
    /** Reads them; the number of keys is argument {@code at}. */
    static Options of(Args args, int at) {
      long keys = positive(args, at, NO_KEYS);
      if (keys >= args.count() - at - 1) {
        throw CommandException.SYNTAX;
      }
      int where = at + 1 + (int) keys;
      ListSide side = ListEnds.side(args, where);
      long count = 0;
      for (int i = where + 1; i < args.count(); i++) {
        if (count > 0 || i + 1 == args.count() || !args.is(i, "COUNT")) {
          throw CommandException.SYNTAX;
        }
        count = positive(args, ++i, NO_COUNT);
      }
      return new Options(at + 1, (int) keys, side, Math.max(1, count));
    }

    private static long positive(Args args, int i, CommandException problem) {
      long number = args.integer(i, problem);
      if (number <= 0) {
        throw problem;
      }
      return number;
    }
  }

  static void execute(Context ctx, Args args) {
    if (!pop(ctx, Options.of(args, 1))) {
      ctx.reply().nilArray();
    }
  }

  /** Takes elements of the first list there is; false, without a reply, if there is none. */
  static boolean pop(Context ctx, Options options) {
    for (int i = 0; i < options.keys; i++) {
      Key key = ctx.key(options.firstKey + i);
      ListValue list = ctx.offers(key) ? ctx.values().listForWrite(key) : null;
      if (list != null) {
        ListEnds.popFrom(ctx, key, list, options.side, options.count);
        return true;
      }
    }
    return false;
  }
}
