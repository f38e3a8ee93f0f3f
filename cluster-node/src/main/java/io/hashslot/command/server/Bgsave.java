package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.persist.snapshot.Saver;

/** BGSAVE [SCHEDULE] */
final class Bgsave {
  private final Saver saver;

  Bgsave(Saver saver) {
    this.saver = saver;
  }

  void execute(Context ctx, Args args) {
    if (args.count() > 2 || (args.count() == 2 && !args.is(1, "SCHEDULE"))) {
      throw CommandException.SYNTAX;
    }
    if (saver.busy()) {
      throw CommandException.err("Background save already in progress");
    }
    saver.saveInBackground();
    ctx.reply().simple("Background saving started");
  }
}
