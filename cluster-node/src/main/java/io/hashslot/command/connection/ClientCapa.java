package io.hashslot.command.connection;

import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** CLIENT CAPA capability [capability ...] */
final class ClientCapa {
  private ClientCapa() {}

  static void execute(Context ctx, Args args) {
    for (int i = 2; i < args.count(); i++) {
      // What is not known is let be: clients may be newer than we are.
      if (args.is(i, "REDIRECT")) {
        ctx.session().followsRedirects(true);
      }
    }
    ctx.reply().ok();
  }
}
