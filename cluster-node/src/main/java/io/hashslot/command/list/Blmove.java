package io.hashslot.command.list;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.WaitCondition;
import io.hashslot.command.WaitTime;
import io.hashslot.journal.Effects;
import io.hashslot.keyspace.Key;
import io.hashslot.value.Kind;
import io.hashslot.value.ListSide;
import io.hashslot.value.ListValue;

/**
 * BLMOVE source destination LEFT | RIGHT LEFT | RIGHT timeout, and BRPOPLPUSH source destination
 * timeout
 */
final class Blmove {
  private Blmove() {}

  static void execute(Context ctx, Args args) {
    ListSide from = ListEnds.side(args, 3);
    ListSide to = ListEnds.side(args, 4);
    move(ctx, args, from, to, WaitTime.seconds(ctx, args, 5), "LMOVE");
  }

  static void rightToLeft(Context ctx, Args args) {
    long timeoutMs = WaitTime.seconds(ctx, args, 3);
    move(ctx, args, ListSide.RIGHT, ListSide.LEFT, timeoutMs, "RPOPLPUSH");
  }

  /** {@code repeated} is what replicas do, with the arguments before the timeout. */
  private static void move(
      Context ctx, Args args, ListSide from, ListSide to, long timeoutMs, String repeated) {
    Key source = ctx.key(1);
    ListValue list = ctx.values().listForWrite(source);
    if (list != null) {
      ListEnds.move(ctx, source, list, from, ctx.key(2), to);
      Effects effects = ctx.effects().command(ctx.database(), repeated, args.count() - 2);
      for (int i = 1; i < args.count() - 1; i++) {
        effects.argument(args.address(i), args.length(i));
      }
    } else if (ctx.mayWait()) {
      ctx.await(1, 1, timeoutMs, WaitCondition.has(Kind.LIST));
    } else {
      ctx.reply().nil();
    }
  }
}
