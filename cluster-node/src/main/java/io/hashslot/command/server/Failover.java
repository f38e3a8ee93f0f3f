package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.replication.PrimaryEndpoint;
import io.hashslot.replication.Replication;
import org.jspecify.annotations.Nullable;

/** FAILOVER [TO host port [FORCE]] [ABORT] [TIMEOUT milliseconds] */
final class Failover {
  private static final CommandException BAD_TIMEOUT =
      CommandException.err("FAILOVER timeout must be greater than 0");

  private final Replication replication;
  private final boolean cluster;

  Failover(Replication replication, boolean cluster) {
    this.replication = replication;
    this.cluster = cluster;
  }

  void execute(Context ctx, Args args) {
    if (cluster) {
      throw CommandException.err(
          "FAILOVER not allowed in cluster mode. Use CLUSTER FAILOVER command instead.");
    }
    PrimaryEndpoint target = null;
    long timeoutMs = 0;
    boolean force = false;
    boolean abort = false;
    for (int i = 1; i < args.count(); i++) {
      if (args.is(i, "TIMEOUT") && i + 1 < args.count() && timeoutMs == 0) {
        timeoutMs = args.integer(++i);
        if (timeoutMs <= 0) {
          throw BAD_TIMEOUT;
        }
      } else if (args.count() == 2 && args.is(i, "ABORT")) {
        abort = true;
      } else if (args.is(i, "TO") && i + 2 < args.count() && target == null) {
        target = new PrimaryEndpoint(args.text(i + 1), args.int32(i + 2));
        i += 2;
      } else if (args.is(i, "FORCE")) {
        force = true;
      } else {
        throw CommandException.SYNTAX;
      }
    }
    if (abort) {
      if (!replication.failover().abort()) {
        throw CommandException.err("No failover in progress.");
      }
    } else {
      begin(target, timeoutMs, force);
    }
    ctx.reply().ok();
  }

  private void begin(@Nullable PrimaryEndpoint target, long timeoutMs, boolean force) {
    String refusal = replication.failover().begin(target, timeoutMs, force);
    if (refusal != null) {
      throw CommandException.err(refusal);
    }
  }
}
