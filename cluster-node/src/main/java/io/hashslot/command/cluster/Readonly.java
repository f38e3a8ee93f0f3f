package io.hashslot.command.cluster;

import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** READONLY */
final class Readonly {
  private Readonly() {}

  static void execute(Context ctx, Args args) {
    ctx.session().readOnlyMode(true);
    ctx.reply().ok();
  }
}
