package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.replication.PrimaryEndpoint;
import io.hashslot.replication.Replication;

/**
 * REPLICAOF host port | NO ONE. Whoever has the reply finds the server in its new role: what is
 * sent next, to another loop even, is done by the rules of that.
 */
final class Replicaof {
  private final Replication replication;
  private final boolean cluster;

  Replicaof(Replication replication, boolean cluster) {
    this.replication = replication;
    this.cluster = cluster;
  }

  void execute(Context ctx, Args args) {
    if (cluster) {
      throw CommandException.err("REPLICAOF not allowed in cluster mode.");
    }
    if (replication.failover().underway()) {
      throw CommandException.err("REPLICAOF not allowed while failing over.");
    }
    if (args.is(1, "NO") && args.is(2, "ONE")) {
      replication.promote();
      ctx.reply().ok();
      return;
    }
    if (ctx.session().replicaLink()) {
      throw CommandException.err("Command is not valid when client is a replica.");
    }
    long port = args.integer(2, CommandException.err("Invalid master port"));
    if (port < 0 || port > 65535) {
      throw CommandException.err("Invalid master port");
    }
    PrimaryEndpoint primary = new PrimaryEndpoint(args.text(1), (int) port);
    if (replication.isReplica() && primary.equals(replication.primary())) {
      ctx.reply().simple("OK Already connected to specified master");
      return;
    }
    replication.follow(primary);
    ctx.reply().ok();
  }
}
