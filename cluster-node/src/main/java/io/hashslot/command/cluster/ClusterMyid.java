package io.hashslot.command.cluster;

import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** CLUSTER MYID */
final class ClusterMyid {
  private final ClusterCall call;

  ClusterMyid(ClusterCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    ctx.reply().bulk(call.cluster().view().self().id().text());
  }
}
