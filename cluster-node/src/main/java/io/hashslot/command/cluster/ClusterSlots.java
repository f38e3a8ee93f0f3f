package io.hashslot.command.cluster;

import io.hashslot.bus.core.NodeView;
import io.hashslot.bus.core.ShardTable;
import io.hashslot.bus.core.ShardTable.Span;
import io.hashslot.cluster.Endpoints;
import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.config.Choices.EndpointType;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.session.Session;
import java.util.List;

/** CLUSTER SLOTS */
final class ClusterSlots {
  private final ClusterCall call;

  ClusterSlots(ClusterCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    List<Span> spans = ShardTable.spans(call.cluster().view());
    ctx.reply().array(spans.size());
    for (Span span : spans) {
      ctx.reply().array(3 + span.replicas().size());
      ctx.reply().integer(span.first());
      ctx.reply().integer(span.last());
      entry(ctx.reply(), span.owner(), ctx.session());
      for (NodeView replica : span.replicas()) {
        entry(ctx.reply(), replica, ctx.session());
      }
    }
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
    boolean zone = !node.zone().isEmpty();
    reply.map((ip ? 1 : 0) + (hostname ? 1 : 0) + (zone ? 1 : 0));
    if (ip) {
      reply.bulk("ip");
      reply.bulk(Endpoints.audience(session).ip(node));
    }
    if (hostname) {
      reply.bulk("hostname");
      reply.bulk(node.hostname());
    }
    if (zone) {
      reply.bulk("availability-zone");
      reply.bulk(node.zone());
    }
  }
}
