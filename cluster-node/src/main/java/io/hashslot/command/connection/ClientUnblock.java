package io.hashslot.command.connection;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.session.Session;
import io.hashslot.session.Sessions;
import io.hashslot.session.Waiting;

/** CLIENT UNBLOCK client-id [TIMEOUT | ERROR] */
final class ClientUnblock {
  private static final String ERROR = "UNBLOCKED client unblocked via CLIENT UNBLOCK";

  private final Sessions sessions;

  ClientUnblock(Sessions sessions) {
    this.sessions = sessions;
  }

  /** We wait ourselves while the other client's loop ends its waiting. */
  private static final class Asked implements Waiting {
    @Override
    public void onTimeout(Session session) {
      throw new IllegalStateException("a question to another loop has no time limit");
    }

    @Override
    public boolean canBeUnblocked() {
      return false;
    }
  }

  void execute(Context ctx, Args args) {
    if (args.count() > 4) {
      throw ClientHelp.wrongArguments(args);
    }
    boolean withError = false;
    if (args.count() == 4) {
      withError = args.is(3, "ERROR");
      if (!withError && !args.is(3, "TIMEOUT")) {
        throw CommandException.err("CLIENT UNBLOCK reason should be TIMEOUT or ERROR");
      }
    }
    Session target = sessions.find(args.integer(2));
    if (target == null) {
      ctx.reply().integer(0);
    } else if (target.loop().isCurrent()) {
      ctx.reply().integer(unblock(target, withError));
    } else {
      askItsLoop(ctx, target, withError);
    }
  }

  private static void askItsLoop(Context ctx, Session target, boolean withError) {
    if (ctx.inTransaction()) {
      // A transaction cannot wait for an answer: tell what can be seen from here.
      boolean blocked = target.isBlocked();
      target.loop().execute(() -> unblock(target, withError));
      ctx.reply().integer(blocked ? 1 : 0);
      return;
    }
    Session asking = ctx.session();
    Asked asked = new Asked();
    asking.await(asked, 0);
    target
        .loop()
        .execute(
            () -> {
              int done = unblock(target, withError);
              asking.loop().execute(() -> asking.wake(asked, () -> asking.reply().integer(done)));
            });
  }

  private static int unblock(Session target, boolean withError) {
    boolean ended = withError ? target.unblock(ERROR) : target.unblockAsTimeout();
    return ended ? 1 : 0;
  }
}
