package io.hashslot.command.generic;

import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** EXISTS key [key ...] */
final class Exists {
  private Exists() {}

  static void execute(Context ctx, Args args) {
    int present = 0;
    for (int i = 1; i < args.count(); i++) {
      present += ctx.keys().exists(ctx.key(i)) ? 1 : 0;
    }
    ctx.reply().integer(present);
  }
}
