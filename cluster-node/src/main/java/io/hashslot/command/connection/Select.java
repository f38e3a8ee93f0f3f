package io.hashslot.command.connection;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.keyspace.Keyspace;

/** SELECT index */
final class Select {
  private Select() {}

  static void execute(Context ctx, Args args) {
    int index = args.int32(1);
    Keyspace keyspace = ctx.keys().keyspace();
    if (keyspace.settings().onlyDatabase() && index != 0) {
      throw CommandException.err("SELECT is not allowed in cluster mode");
    }
    if (index < 0 || index >= keyspace.databases()) {
      throw CommandException.err("DB index is out of range");
    }
    ctx.session().database(index);
    ctx.reply().ok();
  }
}
