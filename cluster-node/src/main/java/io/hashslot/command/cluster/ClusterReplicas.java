package io.hashslot.command.cluster;

import io.hashslot.bus.core.ClusterTexts;
import io.hashslot.bus.core.ClusterView;
import io.hashslot.bus.core.NodeView;
import io.hashslot.cluster.Endpoints;
import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import java.util.List;

/** CLUSTER REPLICAS node-id */
final class ClusterReplicas {
  private final ClusterCall call;

  ClusterReplicas(ClusterCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    ClusterView view = call.cluster().view();
    NodeView node = view.node(args.text(2));
    if (node == null) {
      throw CommandException.err("Unknown node " + args.text(2));
    }
    if (node.isReplica()) {
      throw CommandException.err("The specified node is not a master");
    }
    List<String> lines = ClusterTexts.replicas(view, node, Endpoints.audience(ctx.session()));
    ctx.reply().array(lines.size());
    lines.forEach(ctx.reply()::bulk);
  }
}
