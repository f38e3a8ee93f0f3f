package io.hashslot.command.cluster;

import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** CLUSTER DELSLOTS slot [slot ...] */
final class ClusterDelslots {
  private final ClusterCall call;

  ClusterDelslots(ClusterCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    call.cluster();
    call.ask(ctx, new ClusterRequest.DelSlots(SlotArguments.list(args)));
  }
}
