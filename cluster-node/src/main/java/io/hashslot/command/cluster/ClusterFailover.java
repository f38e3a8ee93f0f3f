package io.hashslot.command.cluster;

import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;

/** CLUSTER FAILOVER [FORCE | TAKEOVER] */
final class ClusterFailover {
  private final ClusterCall call;

  ClusterFailover(ClusterCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    call.cluster();
    if (args.count() > 3) {
      throw SlotArguments.tooMany(args);
    }
    ClusterRequest.FailoverMode mode = ClusterRequest.FailoverMode.COOPERATIVE;
    if (args.count() == 3 && args.is(2, "FORCE")) {
      mode = ClusterRequest.FailoverMode.FORCE;
    } else if (args.count() == 3 && args.is(2, "TAKEOVER")) {
      mode = ClusterRequest.FailoverMode.TAKEOVER;
    } else if (args.count() != 2) {
      throw CommandException.SYNTAX;
    }
    call.ask(ctx, new ClusterRequest.Failover(mode));
  }
}
