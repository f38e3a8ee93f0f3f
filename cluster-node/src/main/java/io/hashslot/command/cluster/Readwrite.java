package io.hashslot.command.cluster;

import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** READWRITE */
final class Readwrite {
  private Readwrite() {}

  static void execute(Context ctx, Args args) {
    ctx.session().readOnlyMode(false);
    ctx.reply().ok();
  }
}
