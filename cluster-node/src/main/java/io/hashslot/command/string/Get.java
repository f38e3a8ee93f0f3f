package io.hashslot.command.string;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.value.StringValue;

/** GET key */
final class Get {
  private Get() {}

  static void execute(Context ctx, Args args) {
    StringValue value = ctx.keys().string(ctx.key(1));
    if (value == null) {
      ctx.reply().nil();
    } else {
      ctx.reply().bulk(value.address(), value.length());
    }
  }
}
