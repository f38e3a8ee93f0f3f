package io.hashslot.command.sortedset;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.WaitCondition;
import io.hashslot.command.WaitTime;
import io.hashslot.keyspace.Key;
import io.hashslot.value.Kind;
import io.hashslot.value.SortedSetValue;

/** BZPOPMIN key [key ...] timeout, and BZPOPMAX */
final class Bzpopmin {
  private Bzpopmin() {}

  static void execute(Context ctx, Args args) {
    pop(ctx, args, SortedSetPop.MIN);
  }

  /** BZPOPMAX key [key ...] timeout */
  static void max(Context ctx, Args args) {
    pop(ctx, args, SortedSetPop.MAX);
  }

  private static void pop(Context ctx, Args args, SortedSetPop pop) {
    int keys = args.count() - 2;
    long timeoutMs = WaitTime.seconds(ctx, args, args.count() - 1);
    for (int i = 1; i <= keys; i++) {
      Key key = ctx.key(i);
      SortedSetValue set = ctx.offers(key) ? ctx.values().sortedSetForWrite(key) : null;
      if (set != null) {
        ctx.reply().array(3);
        ctx.reply().bulk(key.address(), key.length());
        pop.one(ctx, key, set);
        ctx.effects()
            .command(ctx.database(), pop.commandName(), 1)
            .argument(key.address(), key.length());
        return;
      }
    }
    if (ctx.mayWait()) {
      ctx.await(1, keys, timeoutMs, WaitCondition.has(Kind.SORTED_SET));
    } else {
      ctx.reply().nilArray();
    }
  }
}
