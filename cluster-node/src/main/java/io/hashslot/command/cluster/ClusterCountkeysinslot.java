package io.hashslot.command.cluster;

import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** CLUSTER COUNTKEYSINSLOT slot */
final class ClusterCountkeysinslot {
  private final ClusterCall call;

  ClusterCountkeysinslot(ClusterCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    call.cluster();
    ctx.reply().integer(ctx.keys().countInSlot(SlotArguments.slot(args, 2, "Invalid slot")));
  }
}
