package io.hashslot.command.connection;

import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** ECHO message */
final class Echo {
  private Echo() {}

  static void execute(Context ctx, Args args) {
    ctx.reply().bulk(args.address(1), args.length(1));
  }
}
