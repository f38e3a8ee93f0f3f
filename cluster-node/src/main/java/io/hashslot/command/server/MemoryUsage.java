package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;

/** MEMORY USAGE key [SAMPLES count] */
final class MemoryUsage {
  private MemoryUsage() {}

  static void execute(Context ctx, Args args) {
    for (int i = 3; i < args.count(); i += 2) {
      if (!args.is(i, "SAMPLES") || i + 1 == args.count() || args.integer(i + 1) < 0) {
        throw CommandException.SYNTAX;
      }
    }
    long bytes = ctx.keys().bytesOf(ctx.key(2));
    if (bytes < 0) {
      ctx.reply().nil();
    } else {
      ctx.reply().integer(bytes);
    }
  }
}
