package io.hashslot.command.cluster;

import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** CLUSTER COUNT-FAILURE-REPORTS node-id */
final class ClusterCountFailureReports {
  private final ClusterCall call;

  ClusterCountFailureReports(ClusterCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    call.ask(ctx, new ClusterRequest.CountFailureReports(args.text(2)));
  }
}
