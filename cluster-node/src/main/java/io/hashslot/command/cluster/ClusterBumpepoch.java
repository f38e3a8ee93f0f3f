package io.hashslot.command.cluster;

import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** CLUSTER BUMPEPOCH */
final class ClusterBumpepoch {
  private final ClusterCall call;

  ClusterBumpepoch(ClusterCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    call.ask(ctx, new ClusterRequest.BumpEpoch());
  }
}
