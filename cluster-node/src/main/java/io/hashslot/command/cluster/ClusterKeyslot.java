package io.hashslot.command.cluster;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.slot.Slots;

/** CLUSTER KEYSLOT key */
final class ClusterKeyslot {
  private final ClusterCall call;

  ClusterKeyslot(ClusterCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    call.cluster();
    ctx.reply().integer(Slots.of(args.address(2), args.length(2)));
  }
}
