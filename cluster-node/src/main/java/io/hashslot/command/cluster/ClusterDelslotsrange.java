package io.hashslot.command.cluster;

import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** CLUSTER DELSLOTSRANGE start-slot end-slot [start-slot end-slot ...] */
final class ClusterDelslotsrange {
  private final ClusterCall call;

  ClusterDelslotsrange(ClusterCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    call.cluster();
    call.ask(ctx, new ClusterRequest.DelSlots(SlotArguments.ranges(args, "cluster|delslotsrange")));
  }
}
