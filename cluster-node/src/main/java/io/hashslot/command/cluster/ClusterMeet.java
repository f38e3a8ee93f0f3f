package io.hashslot.command.cluster;

import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;

/** CLUSTER MEET ip port [cluster-bus-port] */
final class ClusterMeet {
  private static final long NO_PORT = -1;

  private final ClusterCall call;

  ClusterMeet(ClusterCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    call.cluster();
    if (args.count() > 5) {
      throw SlotArguments.tooMany(args);
    }
    long port =
        args.integer(3, CommandException.err("Invalid base port specified: " + args.text(3)));
    long busPort = 0;
    if (args.count() == 5) {
      busPort =
          args.integer(4, CommandException.err("Invalid bus port specified: " + args.text(4)));
      // Who says 0 does not mean the usual one.
      busPort = busPort == 0 ? NO_PORT : busPort;
    }
    call.ask(ctx, new ClusterRequest.Meet(args.text(2), port, busPort));
  }
}
