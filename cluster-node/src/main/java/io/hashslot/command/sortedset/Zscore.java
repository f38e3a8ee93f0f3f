package io.hashslot.command.sortedset;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.value.SortedSetValue;
import org.jspecify.annotations.Nullable;

/** ZSCORE key member, and ZMSCORE */
final class Zscore {
  private Zscore() {}

  static void execute(Context ctx, Args args) {
    reply(ctx, ctx.values().sortedSet(ctx.key(1)), args, 2);
  }

  /** ZMSCORE key member [member ...] */
  static void several(Context ctx, Args args) {
    SortedSetValue set = ctx.values().sortedSet(ctx.key(1));
    ctx.reply().array(args.count() - 2);
    for (int i = 2; i < args.count(); i++) {
      reply(ctx, set, args, i);
    }
  }

  private static void reply(Context ctx, @Nullable SortedSetValue set, Args args, int member) {
    double score = set == null ? Double.NaN : set.find(args.address(member), args.length(member));
    if (Double.isNaN(score)) {
      ctx.reply().nil();
    } else {
      ctx.reply().real(score);
    }
  }
}
