package io.hashslot.command.sortedset;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.keyspace.Key;
import io.hashslot.value.SortedSetValue;

/** ZMPOP numkeys key [key ...] MIN | MAX [COUNT count] */
final class Zmpop {
  private Zmpop() {}

  static void execute(Context ctx, Args args) {
    if (!pop(ctx, Options.of(args, 1))) {
      ctx.reply().nilArray();
    }
  }

  /** Pops from the first set there is; false, without a reply, if there is none. */
  static boolean pop(Context ctx, Options options) {
    for (int i = options.firstKey; i < options.firstKey + options.keys; i++) {
      Key key = ctx.key(i);
      SortedSetValue set = ctx.offers(key) ? ctx.values().sortedSetForWrite(key) : null;
      if (set != null) {
        reply(ctx, key, set, options);
        return true;
      }
    }
    return false;
  }

  /** Pops what is asked for from a set that is there. */
  private static void reply(Context ctx, Key key, SortedSetValue set, Options options) {
    ctx.reply().array(2);
    ctx.reply().bulk(key.address(), key.length());
    long popped = options.pop.several(ctx, key, set, options.count, true);
    options.pop.repeat(ctx, key, popped);
  }

  /** What is asked for: {@code keys} keys from an argument on, which end, how many elements. */
  record Options(int firstKey, int keys, SortedSetPop pop, long count) {
    /**
     * Reads the arguments from the number of keys on.
     *
     * @throws CommandException if they are wrong
     */
    static Options of(Args args, int numkeys) {
      CommandException noKeys = CommandException.err("numkeys should be greater than 0");
      long keys = args.integer(numkeys, noKeys);
      if (keys <= 0) {
        throw noKeys;
      }
      long end = numkeys + 1 + keys;
      if (keys > args.count() || end >= args.count()) {
        throw CommandException.SYNTAX;
      }
      int at = (int) end;
      SortedSetPop pop;
      if (args.is(at, "MIN")) {
        pop = SortedSetPop.MIN;
      } else if (args.is(at, "MAX")) {
        pop = SortedSetPop.MAX;
      } else {
        throw CommandException.SYNTAX;
      }
      return new Options(numkeys + 1, (int) keys, pop, count(args, at + 1));
    }

    private static long count(Args args, int from) {
      long count = -1;
      for (int i = from; i < args.count(); i += 2) {
        if (count >= 0 || !args.is(i, "COUNT") || i + 1 == args.count()) {
          throw CommandException.SYNTAX;
        }
        CommandException problem = CommandException.err("count should be greater than 0");
        count = args.integer(i + 1, problem);
        if (count <= 0) {
          throw problem;
        }
      }
      return count < 0 ? 1 : count;
    }
  }
}
