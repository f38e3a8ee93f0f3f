package io.hashslot.command.cluster;

import io.hashslot.bus.core.ClusterTexts.Audience;
import io.hashslot.bus.core.NodeView;
import io.hashslot.bus.core.ShardTable;
import io.hashslot.bus.core.ShardTable.Shard;
import io.hashslot.cluster.Endpoints;
import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.config.Choices.EndpointType;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.slot.SlotRange;
import java.util.List;

/** CLUSTER SHARDS */
final class ClusterShards {
  private final ClusterCall call;

  ClusterShards(ClusterCall call) {
    this.call = call;
  }

  void execute(Context ctx, Args args) {
    List<Shard> shards = ShardTable.shards(call.cluster().view());
    Audience audience = Endpoints.audience(ctx.session());
    EndpointType preferred = call.cluster().endpoints().preferred();
    ctx.reply().array(shards.size());
    for (Shard shard : shards) {
      shard(ctx.reply(), shard, audience, preferred);
    }
  }

  private static void shard(
      ReplyWriter reply, Shard shard, Audience audience, EndpointType preferred) {
    List<SlotRange> ranges = shard.slots().ranges();
    reply.map(2);
    reply.bulk("slots");
    reply.array(ranges.size() * 2L);
    for (SlotRange range : ranges) {
      reply.integer(range.first());
      reply.integer(range.last());
    }
    reply.bulk("nodes");
    reply.array(shard.nodes().size());
    for (NodeView node : shard.nodes()) {
      node(reply, node, audience, preferred);
    }
  }

  private static void node(
      ReplyWriter reply, NodeView node, Audience audience, EndpointType preferred) {
    boolean named = !node.hostname().isEmpty();
    boolean zoned = !node.zone().isEmpty();
    int ports = (node.port() > 0 ? 1 : 0) + (node.tlsPort() > 0 ? 1 : 0);
    reply.map(6 + ports + (named ? 1 : 0) + (zoned ? 1 : 0));
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
    reply.bulk(audience.ip(node));
    reply.bulk("endpoint");
    String endpoint = Endpoints.name(node, audience, preferred);
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
    reply.bulk(ShardTable.health(node));
    if (zoned) {
      reply.bulk("availability-zone");
      reply.bulk(node.zone());
    }
  }
}
