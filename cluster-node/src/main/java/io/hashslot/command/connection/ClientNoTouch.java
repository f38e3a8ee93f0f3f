package io.hashslot.command.connection;

import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** CLIENT NO-TOUCH ON | OFF */
final class ClientNoTouch {
  private ClientNoTouch() {}

  static void execute(Context ctx, Args args) {
    ctx.session().noTouch(OnOff.of(args, 2));
    ctx.reply().ok();
  }
}
