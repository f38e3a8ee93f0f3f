package io.hashslot.bus.core;

import io.hashslot.bus.wire.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Paints the picture that everybody outside the bus thread sees. Most of a picture is that of a
 * moment ago: what did not change is taken from there, since a big cluster has thousands of nodes
 * and links, and something changes many times a second.
 */
final class Views {
  private final Cluster cluster;
  private final Lease lease;
  private SlotMap slots = SlotMap.empty();
  private long slotsVersion = -1;

  /** Slots name their owners by places in the order of the nodes. */
  private long nodesVersion = -1;

  private List<LinkView> links = List.of();
  private long linksVersion = -1;

  Views(Cluster cluster, Lease lease) {
    this.cluster = cluster;
    this.lease = lease;
  }

  /** A new view with the next version. */
  ClusterView next() {
    var nodes = new NodeView[cluster.nodes.size()];
    int at = 0;
    for (Node node : cluster.nodes) {
      node.paintedAt = at;
      nodes[at++] = view(node);
    }
    boolean sameNodes = nodesVersion == cluster.nodes.version();
    if (slotsVersion != cluster.slots.version() || !sameNodes) {
      slotsVersion = cluster.slots.version();
      nodesVersion = cluster.nodes.version();
      slots = cluster.slots.map(node -> node.paintedAt, sameNodes ? slots : null);
    }
    if (linksVersion != cluster.linksVersion()) {
      linksVersion = cluster.linksVersion();
      links = links();
    }
    Node primary = cluster.self.primary;
    return new ClusterView(
        ++cluster.viewVersion,
        nodes,
        slots,
        cluster.self.paintedAt,
        primary == null ? -1 : primary.paintedAt,
        summary(),
        links,
        lease.untilMs());
  }

  private NodeView view(Node node) {
    NodeView painted = node.painted;
    if (painted != null && isCurrent(painted, node)) return painted;
    painted = paint(node);
    node.painted = painted;
    node.paintedPingSentAtMs = node.pingSentAtMs;
    node.paintedPongReceivedAtMs = node.pongReceivedAtMs;
    return painted;
  }

  /**
   * Whether nothing changed since. Objects are compared by identity: what is equal but not the same
   * is painted once more, no harm done. Times are compared on the monotonic clock, because the wall
   * clock moves against it.
   */
  @SuppressWarnings("ReferenceEquality")
  private boolean isCurrent(NodeView painted, Node node) {
    Address address = node.address;
    Names names = node.names;
    return node.paintedPongReceivedAtMs == node.pongReceivedAtMs
        && node.paintedPingSentAtMs == node.pingSentAtMs
        && painted.replicationOffset() == offset(node)
        && painted.flags() == node.flags
        && painted.id() == node.id
        && painted.shard() == node.shard
        && painted.ip() == address.ip()
        && painted.port() == address.port()
        && painted.tlsPort() == address.tlsPort()
        && painted.busPort() == address.busPort()
        && painted.hostname() == names.hostname()
        && painted.nodename() == names.nodename()
        && painted.clientIpv4() == names.clientIpv4()
        && painted.clientIpv6() == names.clientIpv6()
        && painted.zone() == names.zone()
        && painted.primary() == (node.primary == null ? null : node.primary.id)
        && painted.configEpoch() == node.claimEpoch()
        && painted.linkUp() == (node.isMyself() || node.outbound != null)
        && painted.slots() == node.slots
        && isCurrent(painted.replicas(), node.replicas);
  }

  @SuppressWarnings("ReferenceEquality")
  private static boolean isCurrent(List<NodeId> painted, List<Node> replicas) {
    if (painted.size() != replicas.size()) return false;
    for (int i = 0; i < painted.size(); i++) {
      if (painted.get(i) != replicas.get(i).id) return false;
    }
    return true;
  }

  private long offset(Node node) {
    return node.isMyself() ? cluster.host().replicationOffset() : node.replicationOffset;
  }

  private NodeView paint(Node node) {
    Address address = node.address;
    Names names = node.names;
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
        names.zone(),
        node.flags,
        node.primary == null ? null : node.primary.id,
        ids(node.replicas),
        node.claimEpoch(),
        cluster.wallMs(node.pingSentAtMs),
        cluster.wallMs(node.pongReceivedAtMs),
        node.isMyself() || node.outbound != null,
        offset(node),
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
