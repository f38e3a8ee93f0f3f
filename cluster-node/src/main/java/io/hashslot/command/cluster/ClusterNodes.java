package io.hashslot.command.cluster;

import io.hashslot.cluster.NodeLines;
import io.hashslot.command.Args;
import io.hashslot.command.Context;
import java.nio.charset.StandardCharsets;

/** CLUSTER NODES */
final class ClusterNodes {
  private final ClusterCall call;

  ClusterNodes(ClusterCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    String text = NodeLines.all(call.cluster().view());
    ctx.reply().verbatim("txt", text.getBytes(StandardCharsets.UTF_8));
  }
}
