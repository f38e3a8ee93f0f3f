package io.hashslot.command.cluster;

import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** CLUSTER SAVECONFIG */
final class ClusterSaveconfig {
  private final ClusterCall call;

  ClusterSaveconfig(ClusterCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    call.ask(ctx, new ClusterRequest.SaveConfig());
  }
}
