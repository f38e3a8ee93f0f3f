package io.hashslot.command.sortedset;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.WaitCondition;
import io.hashslot.command.WaitTime;
import io.hashslot.value.Kind;

/** BZMPOP timeout numkeys key [key ...] MIN | MAX [COUNT count] */
final class Bzmpop {
  private Bzmpop() {}

  static void execute(Context ctx, Args args) {
    Zmpop.Options options = Zmpop.Options.of(args, 2);
    long timeoutMs = WaitTime.seconds(ctx, args, 1);
    if (Zmpop.pop(ctx, options)) {
      return;
    }
    if (ctx.mayWait()) {
      ctx.await(options.firstKey(), options.keys(), timeoutMs, WaitCondition.has(Kind.SORTED_SET));
    } else {
      ctx.reply().nilArray();
    }
  }
}
