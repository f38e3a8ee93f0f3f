package io.hashslot.bus.core;

import io.hashslot.bus.wire.NodeId;
import it.unimi.dsi.fastutil.objects.Reference2IntOpenHashMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Paints the picture that everybody outside the bus thread sees. */
final class Views {
  private final Cluster cluster;
  private SlotMap slots = SlotMap.empty();
  private long slotsVersion = -1;

  Views(Cluster cluster) {
    this.cluster = cluster;
  }

  /** A new view with the next version. */
  ClusterView next() {
    var index = new Reference2IntOpenHashMap<Node>();
    var nodes = new NodeView[cluster.nodes.size()];
    for (Node node : cluster.nodes) {
      nodes[index.size()] = view(node);
      index.put(node, index.size());
    }
    if (slotsVersion != cluster.slots.version()) {
      slotsVersion = cluster.slots.version();
      slots = cluster.slots.map(index::getInt);
    }
    Node primary = cluster.self.primary;
    return new ClusterView(
        ++cluster.viewVersion,
        nodes,
        slots,
        index.getInt(cluster.self),
        primary == null ? -1 : index.getInt(primary),
        summary(),
        links());
  }

  private NodeView view(Node node) {
    Address address = node.address;
    Names names = node.names;
    boolean self = node.isMyself();
    return new NodeView(
        node.id,
        node.shard,
        address.ip(),
        address.port(),
        address.tlsPort(),
        address.busPort(),
        names.hostname(),
        names.nodename(),
        names.clientIpv4(),
        names.clientIpv6(),
        node.flags,
        node.primary == null ? null : node.primary.id,
        ids(node.replicas),
        node.claimEpoch(),
        cluster.wallMs(node.pingSentAtMs),
        cluster.wallMs(node.pongReceivedAtMs),
        self || node.outbound != null,
        self ? cluster.host().replicationOffset() : node.replicationOffset,
        node.frozenSlots());
  }

  private static List<NodeId> ids(List<Node> nodes) {
    if (nodes.isEmpty()) return List.of();
    var ids = new ArrayList<NodeId>(nodes.size());
    for (Node node : nodes) ids.add(node.id);
    return ids;
  }

  private ClusterView.Summary summary() {
    int assigned = 0;
    int suspected = 0;
    int failed = 0;
    for (Node node : cluster.nodes) {
      assigned += node.slotCount;
      if (node.failed()) failed += node.slotCount;
      else if (node.suspected()) suspected += node.slotCount;
    }
    return new ClusterView.Summary(
        cluster.health,
        cluster.votingPrimaries,
        assigned,
        assigned - suspected - failed,
        suspected,
        failed,
        cluster.currentEpoch,
        cluster.self.claimEpoch(),
        new ClusterView.Counters(cluster.framesSent.clone(), cluster.framesReceived.clone()));
  }

  private List<LinkView> links() {
    var links = new ArrayList<LinkView>();
    for (Node node : cluster.nodes) {
      add(links, node, node.outbound);
      add(links, node, node.inbound);
    }
    return links;
  }

  private void add(List<LinkView> links, Node node, @Nullable Link link) {
    if (link == null) return;
    links.add(new LinkView(link.number, link.outbound, node.id, cluster.wallMs(link.createdAtMs)));
  }
}
