package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** DBSIZE */
final class Dbsize {
  private Dbsize() {}

  static void execute(Context ctx, Args args) {
    ctx.reply().integer(ctx.keys().keyspace().size(ctx.database()));
  }
}
