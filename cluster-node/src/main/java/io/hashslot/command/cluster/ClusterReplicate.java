package io.hashslot.command.cluster;

import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** CLUSTER REPLICATE node-id */
final class ClusterReplicate {
  private final ClusterCall call;

  ClusterReplicate(ClusterCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    call.ask(ctx, new ClusterRequest.Replicate(args.text(2)));
  }
}
