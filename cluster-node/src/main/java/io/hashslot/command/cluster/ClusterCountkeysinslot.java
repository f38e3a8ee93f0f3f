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
    int slot = SlotArguments.slot(args, 2, "Invalid slot");
    boolean hidden = ctx.keys().keyspace().hides(slot);
    ctx.reply().integer(hidden ? 0 : ctx.keys().countInSlot(slot));
  }
}
