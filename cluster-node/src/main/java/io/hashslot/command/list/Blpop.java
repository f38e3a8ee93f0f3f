package io.hashslot.command.list;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.WaitCondition;
import io.hashslot.command.WaitTime;
import io.hashslot.keyspace.Key;
import io.hashslot.value.Kind;
import io.hashslot.value.ListSide;
import io.hashslot.value.ListValue;

/** BLPOP key [key ...] timeout, and BRPOP */
final class Blpop {
  private Blpop() {}

  static void left(Context ctx, Args args) {
    pop(ctx, args, ListSide.LEFT);
  }

  static void right(Context ctx, Args args) {
    pop(ctx, args, ListSide.RIGHT);
  }

  private static void pop(Context ctx, Args args, ListSide side) {
    int keys = args.count() - 2;
    long timeoutMs = WaitTime.seconds(ctx, args, args.count() - 1);
    for (int i = 1; i <= keys; i++) {
      Key key = ctx.key(i);
      ListValue list = ctx.offers(key) ? ctx.values().listForWrite(key) : null;
      if (list != null) {
        ctx.reply().array(2);
        ctx.reply().bulk(key.address(), key.length());
        ListEnds.popOne(ctx, key, list, side);
        ctx.effects()
            .command(ctx.database(), ListEnds.popCommand(side), 1)
            .argument(key.address(), key.length());
        return;
      }
    }
    if (ctx.mayWait()) {
      ctx.await(1, keys, timeoutMs, WaitCondition.has(Kind.LIST));
    } else {
      ctx.reply().nilArray();
    }
  }
}
