package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.observe.Monitors;

/** MONITOR */
final class Monitor {
  private final Monitors monitors;

  Monitor(Monitors monitors) {
    this.monitors = monitors;
  }

  void execute(Context ctx, Args args) {
    if (ctx.inTransaction()) {
      throw CommandException.err("MONITOR isn't allowed for DENY BLOCKING client");
    }
    if (!ctx.session().replicaLink()) {
      monitors.add(ctx.session());
      ctx.reply().ok();
    }
  }
}
