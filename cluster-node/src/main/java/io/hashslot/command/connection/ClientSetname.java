package io.hashslot.command.connection;

import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** CLIENT SETNAME connection-name */
final class ClientSetname {
  private ClientSetname() {}

  static void execute(Context ctx, Args args) {
    ctx.session().name(ClientName.of(args, 2, "Client names"));
    ctx.reply().ok();
  }
}
