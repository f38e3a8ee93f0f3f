package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.persist.snapshot.Saver;

/** BGSAVE [SCHEDULE] */
final class Bgsave {
  static final CommandException IN_PROGRESS =
      CommandException.err("Background save already in progress");

  private final Saver saver;

  Bgsave(Saver saver) {
    this.saver = saver;
  }

  void execute(Context ctx, Args args) {
    boolean schedule = args.count() == 2 && args.is(1, "SCHEDULE");
    if (args.count() > 1 && !schedule) {
      throw CommandException.SYNTAX;
    }
    if (saver.savingInBackground()) {
      throw IN_PROGRESS;
    }
    if (ctx.inTransaction() || saver.rewriting()) {
      if (!schedule && !ctx.inTransaction()) {
        throw CommandException.err(
            "Another child process is active (AOF?): can't BGSAVE right now. Use BGSAVE SCHEDULE in"
                + " order to schedule a BGSAVE whenever possible.");
      }
      saver.schedule();
      ctx.reply().simple("Background saving scheduled");
      return;
    }
    if (!saver.saveInBackground()) {
      throw IN_PROGRESS;
    }
    ctx.reply().simple("Background saving started");
  }
}
