package io.hashslot.command.generic;

import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** OBJECT REFCOUNT key */
final class ObjectRefcount {
  private ObjectRefcount() {}

  static void execute(Context ctx, Args args) {
    if (ctx.keys().has(ctx.key(2))) {
      // Values are never shared here, small numbers included.
      ctx.reply().integer(1);
    } else {
      ctx.reply().nil();
    }
  }
}
