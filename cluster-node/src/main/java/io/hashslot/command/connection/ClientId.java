package io.hashslot.command.connection;

import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** CLIENT ID */
final class ClientId {
  private ClientId() {}

  static void execute(Context ctx, Args args) {
    ctx.reply().integer(ctx.session().id());
  }
}
