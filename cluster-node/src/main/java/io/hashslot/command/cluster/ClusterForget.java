package io.hashslot.command.cluster;

import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** CLUSTER FORGET node-id */
final class ClusterForget {
  private final ClusterCall call;

  ClusterForget(ClusterCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    call.ask(ctx, new ClusterRequest.Forget(args.text(2)));
  }
}
