package io.hashslot.command.connection;

import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** CLIENT GETNAME */
final class ClientGetname {
  private ClientGetname() {}

  static void execute(Context ctx, Args args) {
    String name = ctx.session().name();
    if (name.isEmpty()) {
      ctx.reply().nil();
    } else {
      ctx.reply().bulk(name);
    }
  }
}
