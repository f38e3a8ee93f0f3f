package io.hashslot.command.sortedset;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.value.SortedSetValue;

/** ZRANK key member [WITHSCORE], and ZREVRANK */
final class Zrank {
  private Zrank() {}

  static void execute(Context ctx, Args args) {
    rank(ctx, args, false);
  }

  /** ZREVRANK key member [WITHSCORE] */
  static void reversed(Context ctx, Args args) {
    rank(ctx, args, true);
  }

  private static void rank(Context ctx, Args args, boolean reverse) {
    if (args.count() > 4) {
      throw CommandException.err(
          "wrong number of arguments for '" + ctx.command().name() + "' command");
    }
    boolean withScore = args.count() == 4;
    if (withScore && !args.is(3, "WITHSCORE")) {
      throw CommandException.SYNTAX;
    }
    SortedSetValue set = ctx.values().sortedSet(ctx.key(1));
    double score = set == null ? Double.NaN : set.find(args.address(2), args.length(2));
    if (set == null || Double.isNaN(score)) {
      if (withScore) {
        ctx.reply().nilArray();
      } else {
        ctx.reply().nil();
      }
      return;
    }
    if (withScore) {
      ctx.reply().array(2);
    }
    long rank = set.rank();
    ctx.reply().integer(reverse ? set.size() - 1 - rank : rank);
    if (withScore) {
      ctx.reply().real(score);
    }
  }
}
