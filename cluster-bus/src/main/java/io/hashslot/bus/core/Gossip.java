package io.hashslot.bus.core;

import io.hashslot.bus.wire.FrameEncoder;
import io.hashslot.bus.wire.NodeFlags;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses whom to tell about: a random tenth of the members, so that news about anybody reaches
 * everybody within a few rounds, and always everybody who does not answer, so that failure reports
 * come together within about one node timeout.
 */
final class Gossip {
  private static final int FEWEST = 3;

  private final Cluster cluster;

  Gossip(Cluster cluster) {
    this.cluster = cluster;
  }

  void write(FrameEncoder frame, Link link) {
    for (Node node : choose(link)) write(frame, node);
  }

  private List<Node> choose(Link link) {
    int others = cluster.nodes.size() - 2;
    int wanted = Math.min(Math.max(FEWEST, cluster.nodes.size() / 10), others);
    var chosen = new ArrayList<Node>();
    int candidates = others;
    for (int draw = 0; draw < wanted * 3 && candidates > 0 && chosen.size() < wanted; draw++) {
      Node node = cluster.nodes.random(cluster.random);
      if (node.isMyself() || node == link.node || node.suspected()) continue;
      if (!presentable(node) || (node.outbound == null && node.slotCount == 0)) {
        candidates--;
      } else if (!chosen.contains(node)) {
        chosen.add(node);
        candidates--;
      }
    }
    for (Node node : cluster.nodes) {
      if (node.suspected() && presentable(node)) chosen.add(node);
    }
    return chosen;
  }

  private static boolean presentable(Node node) {
    return !node.inHandshake() && !node.has(NodeFlags.NOADDR) && node.address.known();
  }

  private void write(FrameEncoder frame, Node node) {
    boolean tls = cluster.config.tls();
    Address address = node.address;
    frame.gossip(
        node.id,
        cluster.wallMs(node.pingSentAtMs) / 1000,
        cluster.wallMs(node.pongReceivedAtMs) / 1000,
        address.ip(),
        address.defaultPort(tls),
        address.busPort(),
        address.otherPort(tls),
        node.flags);
  }
}
