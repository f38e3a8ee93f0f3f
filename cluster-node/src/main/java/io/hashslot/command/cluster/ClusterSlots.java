package io.hashslot.command.cluster;

import io.hashslot.bus.core.ClusterTexts.Audience;
import io.hashslot.bus.core.ClusterView;
import io.hashslot.bus.core.NodeView;
import io.hashslot.bus.core.ShardTable;
import io.hashslot.bus.core.ShardTable.Servers;
import io.hashslot.bus.core.ShardTable.Span;
import io.hashslot.cluster.Endpoints;
import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.config.Choices.EndpointType;
import io.hashslot.resp.Output;
import io.hashslot.resp.ReplyWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * CLUSTER SLOTS
 *
 * <p>Slots of big clusters may lie in thousands of spans, of a few hundred owners: what is told of
 * an owner and its replicas is written once, and copied from there into the other spans. The whole
 * reply is kept until something in it changes: when a node dies, all its clients ask at once.
 */
final class ClusterSlots {
  private static final int KINDS = 8;

  /** What would take more bytes of the heap than this is made anew each time. */
  private static final int LARGEST_KEPT = 1 << 20;

  private final ClusterCall call;

  /** The newest reply to each kind of client; see {@link #kind}. */
  private final AtomicReferenceArray<Told> told = new AtomicReferenceArray<>(KINDS);

  ClusterSlots(ClusterCall call) {
    this.call = call;
  }

  /** A reply, and what it was made of. */
  private record Told(ClusterView view, EndpointType preferred, byte[] reply) {}

  private static int kind(Audience audience, boolean resp3) {
    return (audience.tls() ? 1 : 0) | (audience.ipv6() ? 2 : 0) | (resp3 ? 4 : 0);
  }

  void execute(Context ctx, Args args) {
    ReplyWriter reply = ctx.reply();
    ClusterView view = call.cluster().view();
    Audience audience = Endpoints.audience(ctx.session());
    EndpointType preferred = call.cluster().endpoints().preferred();
    int kind = kind(audience, reply.resp3());
    Told before = told.get(kind);
    if (before != null
        && before.preferred == preferred
        && ShardTable.sameSpans(before.view, view)) {
      reply.output().put(before.reply);
      return;
    }
    int start = reply.output().position();
    write(reply, ShardTable.spans(view), audience, preferred);
    if (reply.output().position() - start <= LARGEST_KEPT) {
      told.set(kind, new Told(view, preferred, reply.output().copyFrom(start)));
    }
  }

  private static void write(
      ReplyWriter reply, List<Span> spans, Audience audience, EndpointType preferred) {
    Output output = reply.output();
    // By the numbers of the servers: where in the output they stand. There are never more of them.
    int[] starts = new int[spans.size()];
    int[] lengths = new int[spans.size()];
    reply.array(spans.size());
    for (Span span : spans) {
      Servers servers = span.servers();
      reply.array(3 + servers.replicas().size());
      reply.integer(span.first());
      reply.integer(span.last());
      int number = servers.number();
      if (lengths[number] == 0) {
        starts[number] = output.position();
        entry(reply, servers.owner(), audience, preferred);
        for (NodeView replica : servers.replicas()) {
          entry(reply, replica, audience, preferred);
        }
        lengths[number] = output.position() - starts[number];
      } else {
        output.repeat(starts[number], lengths[number]);
      }
    }
  }

  private static void entry(
      ReplyWriter reply, NodeView node, Audience audience, EndpointType preferred) {
    reply.array(4);
    String name = Endpoints.name(node, audience, preferred);
    if (name == null) {
      reply.nil();
    } else {
      reply.bulk(name);
    }
    reply.integer(audience.port(node));
    reply.bulk(node.id().text());
    boolean ip = preferred != EndpointType.IP;
    boolean hostname = preferred != EndpointType.HOSTNAME && !node.hostname().isEmpty();
    boolean zone = !node.zone().isEmpty();
    reply.map((ip ? 1 : 0) + (hostname ? 1 : 0) + (zone ? 1 : 0));
    if (ip) {
      reply.bulk("ip");
      reply.bulk(audience.ip(node));
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
