package io.hashslot.command.cluster;

import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** ASKING */
final class Asking {
  private final ClusterCall call;

  Asking(ClusterCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    call.cluster();
    ctx.session().asking(true);
    ctx.reply().ok();
  }
}
