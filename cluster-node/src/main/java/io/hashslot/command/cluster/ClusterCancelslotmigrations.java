package io.hashslot.command.cluster;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;

/** CLUSTER CANCELSLOTMIGRATIONS */
final class ClusterCancelslotmigrations {
  private final MigrationCall call;

  ClusterCancelslotmigrations(MigrationCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    if (!call.migrations().cancel()) {
      throw CommandException.err("No migrations ongoing");
    }
    ctx.reply().ok();
  }
}
