package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.session.Session;
import io.hashslot.session.Waiting;

/** SHUTDOWN [NOSAVE | SAVE] [NOW] [FORCE] [ABORT] */
final class Shutdown {
  private static final String REFUSED = "ERR Errors trying to SHUTDOWN. Check logs.";

  private final Ending ending;

  Shutdown(Ending ending) {
    this.ending = ending;
  }

  /** The client waits for the end; it gets an answer only if there is none. */
  private static final class Pending implements Waiting {
    @Override
    public void onTimeout(Session session) {
      throw new IllegalStateException("the end has no time limit");
    }

    @Override
    public boolean canBeUnblocked() {
      return false;
    }
  }

  void execute(Context ctx, Args args) {
    boolean save = false;
    boolean noSave = false;
    boolean now = false;
    boolean force = false;
    boolean abort = false;
    for (int i = 1; i < args.count(); i++) {
      if (args.is(i, "SAVE")) {
        save = true;
      } else if (args.is(i, "NOSAVE")) {
        noSave = true;
      } else if (args.is(i, "NOW")) {
        now = true;
      } else if (args.is(i, "FORCE")) {
        force = true;
      } else if (args.is(i, "ABORT")) {
        abort = true;
      } else {
        throw CommandException.SYNTAX;
      }
    }
    if (save && noSave || abort && (save || noSave || now || force)) {
      throw CommandException.SYNTAX;
    }
    if (abort) {
      if (!ending.abort()) {
        throw CommandException.err("No shutdown in progress.");
      }
      ctx.reply().ok();
      return;
    }
    Session session = ctx.session();
    Pending pending = new Pending();
    session.await(pending, 0);
    ending.begin(
        save ? Ending.Saving.ALWAYS : noSave ? Ending.Saving.NEVER : Ending.Saving.AS_CONFIGURED,
        now,
        force,
        () ->
            session
                .loop()
                .execute(() -> session.wake(pending, () -> session.reply().error(REFUSED))));
  }
}
