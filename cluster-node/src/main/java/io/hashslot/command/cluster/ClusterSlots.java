package io.hashslot.command.cluster;

import io.hashslot.bus.core.ClusterView;
import io.hashslot.bus.core.NodeView;
import io.hashslot.cluster.Endpoints;
import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.config.Choices.EndpointType;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.session.Session;
import io.hashslot.slot.Slots;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CLUSTER SLOTS */
final class ClusterSlots {
  private final ClusterCall call;

  ClusterSlots(ClusterCall call) {
    this.call = call;
  }

  private record Range(int first, int last, NodeView owner) {}

  void execute(Context ctx, Args args) {
    ClusterView view = call.cluster().view();
    List<Range> ranges = ranges(view);
    ctx.reply().array(ranges.size());
    for (Range range : ranges) {
      List<NodeView> nodes = new ArrayList<>();
      nodes.add(range.owner());
      for (NodeView node : view.nodes()) {
        if (range.owner().id().equals(node.primary())
            && !node.failed()
            && (node.myself() || node.replicationOffset() != 0)) {
          nodes.add(node);
        }
      }
      ctx.reply().array(2 + nodes.size());
      ctx.reply().integer(range.first());
      ctx.reply().integer(range.last());
      for (NodeView node : nodes) {
        entry(ctx.reply(), node, ctx.session());
      }
    }
  }

  private static List<Range> ranges(ClusterView view) {
    List<Range> ranges = new ArrayList<>();
    @Nullable NodeView owner = null;
    int first = 0;
    for (int slot = 0; slot <= Slots.COUNT; slot++) {
      NodeView next = slot == Slots.COUNT ? null : view.owner(slot);
      if (next == owner) {
        continue;
      }
      if (owner != null) {
        ranges.add(new Range(first, slot - 1, owner));
      }
      owner = next;
      first = slot;
    }
    return ranges;
  }

  private void entry(ReplyWriter reply, NodeView node, Session session) {
    Endpoints endpoints = call.cluster().endpoints();
    reply.array(4);
    String name = endpoints.name(node, session);
    if (name == null) {
      reply.nil();
    } else {
      reply.bulk(name);
    }
    reply.integer(Endpoints.audience(session).port(node));
    reply.bulk(node.id().text());
    boolean ip = endpoints.preferred() != EndpointType.IP;
    boolean hostname = endpoints.preferred() != EndpointType.HOSTNAME && !node.hostname().isEmpty();
    reply.map((ip ? 1 : 0) + (hostname ? 1 : 0));
    if (ip) {
      reply.bulk("ip");
      reply.bulk(Endpoints.audience(session).ip(node));
    }
    if (hostname) {
      reply.bulk("hostname");
      reply.bulk(node.hostname());
    }
  }
}
