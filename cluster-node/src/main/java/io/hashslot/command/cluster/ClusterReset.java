package io.hashslot.command.cluster;

import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;

/** CLUSTER RESET [HARD | SOFT] */
final class ClusterReset {
  private final ClusterCall call;

  ClusterReset(ClusterCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    call.cluster();
    if (args.count() > 3) {
      throw SlotArguments.tooMany(args);
    }
    boolean hard = args.count() == 3 && args.is(2, "HARD");
    if (args.count() == 3 && !hard && !args.is(2, "SOFT")) {
      throw CommandException.SYNTAX;
    }
    call.ask(ctx, new ClusterRequest.Reset(hard));
  }
}
