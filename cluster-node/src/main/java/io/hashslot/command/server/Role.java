package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.replication.Replication;

/** ROLE */
final class Role {
  private final Replication replication;

  Role(Replication replication) {
    this.replication = replication;
  }

  void execute(Context ctx, Args args) {
    replication.role(ctx.reply());
  }
}
