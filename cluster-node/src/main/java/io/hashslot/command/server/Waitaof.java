package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.persist.aof.Aof;
import io.hashslot.replication.Replication;

/** WAITAOF numlocal numreplicas timeout */
final class Waitaof {
  private static final CommandException BAD_REPLICAS =
      CommandException.err("value is out of range, must be positive");
  private static final CommandException BAD_TIMEOUT =
      CommandException.err("timeout is not an integer or out of range");

  private final Replication replication;
  private final Aof aof;

  Waitaof(Replication replication, Aof aof) {
    this.replication = replication;
    this.aof = aof;
  }

  void execute(Context ctx, Args args) {
    boolean here = args.integerBetween(1, 0, 1) == 1;
    long wanted = args.integer(2, BAD_REPLICAS);
    if (wanted < 0) {
      throw BAD_REPLICAS;
    }
    long timeoutMs = args.integer(3, BAD_TIMEOUT);
    if (timeoutMs < 0) {
      throw CommandException.err("timeout is negative");
    }
    if (replication.isReplica()) {
      throw CommandException.err(
          "WAITAOF cannot be used with replica instances. Please also note that writes to replicas"
              + " are just local and are not propagated.");
    }
    if (here && !aof.enabled()) {
      throw CommandException.err(Replication.NO_APPEND_ONLY_FILE);
    }
    long offset = ctx.session().journalPosition();
    if (replication.durable(offset, here, wanted) || !ctx.mayWait()) {
      replication.replyDurable(ctx.reply(), offset);
    } else {
      replication.awaitDisks(ctx.session(), offset, here, wanted, timeoutMs);
    }
  }
}
