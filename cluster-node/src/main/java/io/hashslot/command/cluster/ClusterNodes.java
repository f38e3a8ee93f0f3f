package io.hashslot.command.cluster;

import io.hashslot.bus.core.ClusterTexts;
import io.hashslot.cluster.Endpoints;
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
    String text = ClusterTexts.nodes(call.cluster().view(), Endpoints.audience(ctx.session()));
    ctx.reply().verbatim("txt", text.getBytes(StandardCharsets.UTF_8));
  }
}
