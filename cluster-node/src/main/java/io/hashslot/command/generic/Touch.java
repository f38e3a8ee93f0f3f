package io.hashslot.command.generic;

import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** TOUCH key [key ...] */
final class Touch {
  private Touch() {}

  static void execute(Context ctx, Args args) {
    int touched = 0;
    for (int i = 1; i < args.count(); i++) {
      touched += ctx.keys().find(ctx.key(i)) != null ? 1 : 0;
    }
    ctx.reply().integer(touched);
  }
}
