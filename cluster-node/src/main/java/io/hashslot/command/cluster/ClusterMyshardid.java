package io.hashslot.command.cluster;

import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** CLUSTER MYSHARDID */
final class ClusterMyshardid {
  private final ClusterCall call;

  ClusterMyshardid(ClusterCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    ctx.reply().bulk(call.cluster().view().self().shard().text());
  }
}
