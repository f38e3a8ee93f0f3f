package io.hashslot.command.cluster;

import io.hashslot.bus.core.ClusterView;
import io.hashslot.bus.core.NodeView;
import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.session.Session;
import io.hashslot.slot.SlotRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** CLUSTER SHARDS */
final class ClusterShards {
  private final ClusterCall call;

  ClusterShards(ClusterCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    ClusterView view = call.cluster().view();
    Map<String, List<NodeView>> shards = new LinkedHashMap<>();
    for (NodeView node : view.nodes()) {
      if (!node.inHandshake()) {
        shards.computeIfAbsent(node.shard().text(), _ -> new ArrayList<>()).add(node);
      }
    }
    ctx.reply().array(shards.size());
    for (List<NodeView> nodes : shards.values()) {
      shard(ctx.reply(), nodes, ctx.session());
    }
  }

  private void shard(ReplyWriter reply, List<NodeView> nodes, Session session) {
    List<SlotRange> ranges = List.of();
    for (NodeView node : nodes) {
      if (!node.slots().isEmpty()) {
        ranges = node.slots().ranges();
        break;
      }
    }
    reply.map(2);
    reply.bulk("slots");
    reply.array(ranges.size() * 2L);
    for (SlotRange range : ranges) {
      reply.integer(range.first());
      reply.integer(range.last());
    }
    reply.bulk("nodes");
    reply.array(nodes.size());
    for (NodeView node : nodes) {
      node(reply, node, session);
    }
  }

  private void node(ReplyWriter reply, NodeView node, Session session) {
    boolean named = !node.hostname().isEmpty();
    reply.map(6 + (node.port() > 0 ? 1 : 0) + (node.tlsPort() > 0 ? 1 : 0) + (named ? 1 : 0));
    reply.bulk("id");
    reply.bulk(node.id().text());
    if (node.port() > 0) {
      reply.bulk("port");
      reply.integer(node.port());
    }
    if (node.tlsPort() > 0) {
      reply.bulk("tls-port");
      reply.integer(node.tlsPort());
    }
    reply.bulk("ip");
    reply.bulk(node.ip());
    reply.bulk("endpoint");
    String endpoint = call.cluster().endpoints().name(node, session);
    reply.bulk(endpoint == null ? "" : endpoint);
    if (named) {
      reply.bulk("hostname");
      reply.bulk(node.hostname());
    }
    reply.bulk("role");
    reply.bulk(node.isReplica() ? "replica" : "master");
    reply.bulk("replication-offset");
    reply.integer(node.replicationOffset());
    reply.bulk("health");
    reply.bulk(health(node));
  }

  private static String health(NodeView node) {
    if (node.failed() || node.suspected()) {
      return "fail";
    }
    return node.isReplica() && node.replicationOffset() == 0 ? "loading" : "online";
  }
}
