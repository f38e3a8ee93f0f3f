package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.dispatch.Watches;
import io.hashslot.keyspace.Keyspace;

/** FLUSHALL [ASYNC | SYNC]; also FLUSHDB [ASYNC | SYNC] */
final class Flushall {
  private final Watches watches;
  private final Runnable allGone;

  /**
   * @param allGone runs when all databases have been emptied
   */
  Flushall(Watches watches, Runnable allGone) {
    this.watches = watches;
    this.allGone = allGone;
  }

  void execute(Context ctx, Args args) {
    boolean sync = sync(args);
    for (int i = 0; i < ctx.keys().keyspace().databases(); i++) {
      flush(ctx, i, sync);
    }
    allGone.run();
    ctx.changedMany(1);
    ctx.reply().ok();
  }

  void one(Context ctx, Args args) {
    flush(ctx, ctx.database(), sync(args));
    ctx.changedMany(1);
    ctx.reply().ok();
  }

  /** Memory is given back later, unless that is waited for. */
  private static boolean sync(Args args) {
    if (args.count() == 1 || args.count() == 2 && args.is(1, "ASYNC")) {
      return false;
    }
    if (args.count() == 2 && args.is(1, "SYNC")) {
      return true;
    }
    throw CommandException.SYNTAX;
  }

  private void flush(Context ctx, int database, boolean sync) {
    Keyspace keyspace = ctx.keys().keyspace();
    watches.flushing(database, ctx.keys());
    ctx.changedMany(keyspace.size(database));
    keyspace.flush(database, sync);
    ctx.signalAll(database);
  }
}
