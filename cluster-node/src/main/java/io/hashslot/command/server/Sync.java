package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** SYNC */
final class Sync {
  private final Psync psync;

  Sync(Psync psync) {
    this.psync = psync;
  }

  void execute(Context ctx, Args args) {
    psync.everything(ctx);
  }
}
