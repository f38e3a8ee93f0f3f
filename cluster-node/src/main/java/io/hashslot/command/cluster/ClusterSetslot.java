package io.hashslot.command.cluster;

import io.hashslot.cluster.Cluster;
import io.hashslot.cluster.SetslotArguments;
import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;

/**
 * CLUSTER SETSLOT slot IMPORTING node-id | MIGRATING node-id | NODE node-id | STABLE [TIMEOUT ms]
 */
final class ClusterSetslot {
  private final ClusterCall call;

  ClusterSetslot(ClusterCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    Cluster cluster = call.cluster();
    SetslotArguments wanted = SetslotArguments.of(args);
    if (ctx.inTransaction() && cluster.confirmsSlots()) {
      throw CommandException.err(
          "CLUSTER SETSLOT waits for the replicas, which it cannot inside a transaction");
    }
    call.ask(ctx, receiver -> cluster.setSlot(wanted, ctx.keys(), receiver));
  }
}
