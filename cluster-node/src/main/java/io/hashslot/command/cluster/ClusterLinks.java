package io.hashslot.command.cluster;

import io.hashslot.bus.core.LinkView;
import io.hashslot.bus.link.LinkGauge;
import io.hashslot.cluster.Cluster;
import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.resp.ReplyWriter;
import java.util.List;

/** CLUSTER LINKS */
final class ClusterLinks {
  private final ClusterCall call;

  ClusterLinks(ClusterCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    Cluster cluster = call.cluster();
    call.<List<LinkGauge>>later(
        ctx, cluster::gauges, (reply, gauges) -> write(reply, cluster.view().links(), gauges));
  }

  private static void write(ReplyWriter reply, List<LinkView> links, List<LinkGauge> gauges) {
    reply.array(links.size());
    for (LinkView link : links) {
      long queued = 0;
      for (LinkGauge gauge : gauges) {
        queued = gauge.number() == link.number() ? gauge.queuedBytes() : queued;
      }
      reply.map(6);
      reply.bulk("direction");
      reply.bulk(link.outbound() ? "to" : "from");
      reply.bulk("node");
      reply.bulk(link.node().text());
      reply.bulk("create-time");
      reply.integer(link.createdWallMs());
      reply.bulk("events");
      reply.bulk(queued > 0 ? "rw" : "r");
      reply.bulk("send-buffer-allocated");
      reply.integer(queued);
      reply.bulk("send-buffer-used");
      reply.integer(queued);
    }
  }
}
