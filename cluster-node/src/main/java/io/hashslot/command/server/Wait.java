package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.replication.Replication;

/** WAIT numreplicas timeout */
final class Wait {
  private static final CommandException BAD_TIMEOUT =
      CommandException.err("timeout is not an integer or out of range");

  private final Replication replication;

  Wait(Replication replication) {
    this.replication = replication;
  }

  void execute(Context ctx, Args args) {
    if (replication.isReplica()) {
      throw CommandException.err(
          "WAIT cannot be used with replica instances. Please also note that if a replica is"
              + " configured to be writable (which is not the default) writes to replicas are just"
              + " local and are not propagated.");
    }
    long wanted = args.integer(1);
    long timeoutMs = args.integer(2, BAD_TIMEOUT);
    if (timeoutMs < 0) {
      throw CommandException.err("timeout is negative");
    }
    long offset = ctx.session().journalPosition();
    int acknowledged = replication.acknowledged(offset);
    if (acknowledged >= wanted || ctx.inTransaction()) {
      ctx.reply().integer(acknowledged);
      return;
    }
    replication.await(ctx.session(), offset, wanted, timeoutMs);
  }
}
