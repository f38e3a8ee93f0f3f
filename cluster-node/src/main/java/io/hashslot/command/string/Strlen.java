package io.hashslot.command.string;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.value.StringValue;

/** STRLEN key */
final class Strlen {
  private Strlen() {}

  static void execute(Context ctx, Args args) {
    StringValue value = ctx.keys().string(ctx.key(1));
    ctx.reply().integer(value == null ? 0 : value.length());
  }
}
