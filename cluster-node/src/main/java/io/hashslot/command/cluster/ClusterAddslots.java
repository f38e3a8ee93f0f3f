package io.hashslot.command.cluster;

import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** CLUSTER ADDSLOTS slot [slot ...] */
final class ClusterAddslots {
  private final ClusterCall call;

  ClusterAddslots(ClusterCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    call.cluster();
    call.ask(ctx, new ClusterRequest.AddSlots(SlotArguments.list(args)));
  }
}
