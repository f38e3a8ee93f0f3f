package io.hashslot.command.connection;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;

/** CLIENT SETINFO LIB-NAME libname | LIB-VER libver */
final class ClientSetinfo {
  private ClientSetinfo() {}

  static void execute(Context ctx, Args args) {
    String option = args.text(2);
    if (args.is(2, "LIB-NAME")) {
      ctx.session().libraryName(ClientName.of(args, 3, option));
    } else if (args.is(2, "LIB-VER")) {
      ctx.session().libraryVersion(ClientName.of(args, 3, option));
    } else {
      throw CommandException.err("Unrecognized option '" + option + "'");
    }
    ctx.reply().ok();
  }
}
