package io.hashslot.command.cluster;

import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** CLUSTER ADDSLOTSRANGE start-slot end-slot [start-slot end-slot ...] */
final class ClusterAddslotsrange {
  private final ClusterCall call;

  ClusterAddslotsrange(ClusterCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    call.cluster();
    call.ask(ctx, new ClusterRequest.AddSlots(SlotArguments.ranges(args, "cluster|addslotsrange")));
  }
}
