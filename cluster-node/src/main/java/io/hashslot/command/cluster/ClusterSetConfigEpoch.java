package io.hashslot.command.cluster;

import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** CLUSTER SET-CONFIG-EPOCH config-epoch */
final class ClusterSetConfigEpoch {
  private final ClusterCall call;

  ClusterSetConfigEpoch(ClusterCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    call.cluster();
    call.ask(ctx, new ClusterRequest.SetConfigEpoch(args.integer(2)));
  }
}
