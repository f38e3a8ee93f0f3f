package io.hashslot.command.list;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.WaitCondition;
import io.hashslot.command.WaitTime;
import io.hashslot.value.Kind;

/** BLMPOP timeout numkeys key [key ...] LEFT | RIGHT [COUNT count] */
final class Blmpop {
  private Blmpop() {}

  static void execute(Context ctx, Args args) {
    Lmpop.Options options = Lmpop.Options.of(args, 2);
    long timeoutMs = WaitTime.seconds(ctx, args, 1);
    if (Lmpop.pop(ctx, options)) {
      return;
    }
    if (ctx.mayWait()) {
      ctx.await(options.firstKey(), options.keys(), timeoutMs, WaitCondition.has(Kind.LIST));
    } else {
      ctx.reply().nilArray();
    }
  }
}
