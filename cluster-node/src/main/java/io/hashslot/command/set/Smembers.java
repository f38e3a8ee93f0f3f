package io.hashslot.command.set;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.value.SetValue;

/** SMEMBERS key */
final class Smembers {
  private Smembers() {}

  static void execute(Context ctx, Args args) {
    SetValue set = ctx.values().set(ctx.key(1));
    if (set == null) {
      ctx.reply().set(0);
    } else {
      MemberReplies.all(ctx.reply(), set);
    }
  }
}
