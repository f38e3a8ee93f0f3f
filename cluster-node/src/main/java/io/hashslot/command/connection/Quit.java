package io.hashslot.command.connection;

import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** QUIT */
final class Quit {
  private Quit() {}

  static void execute(Context ctx, Args args) {
    ctx.reply().ok();
    ctx.session().closeAfterReply();
  }
}
