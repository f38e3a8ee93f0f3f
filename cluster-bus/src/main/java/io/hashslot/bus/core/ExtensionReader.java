package io.hashslot.bus.core;

import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.bus.wire.PingExtension;
import org.jspecify.annotations.Nullable;

/**
 * The records behind the gossip: names, zone, shard, forgotten nodes. Absence means something, too:
 * a name that is not sent any more is gone, and a peer without shard is an old one.
 */
final class ExtensionReader {
  private final Cluster cluster;

  ExtensionReader(Cluster cluster) {
    this.cluster = cluster;
  }

  void read(BusFrame frame, Node sender) {
    String hostname = "";
    String nodename = "";
    String clientIpv4 = "";
    String clientIpv6 = "";
    String zone = "";
    NodeId shard = null;
    for (var extension = frame.firstExtension();
        extension != null;
        extension = frame.nextExtension()) {
      switch (extension.type()) {
        case PingExtension.HOSTNAME -> hostname = text(extension);
        case PingExtension.HUMAN_NODENAME -> nodename = text(extension);
        // Newer Redis uses number 4 for a secret: only what is an address is taken.
        case PingExtension.CLIENT_IPV4 -> clientIpv4 = address(extension, false);
        case PingExtension.CLIENT_IPV6 -> clientIpv6 = address(extension, true);
        case PingExtension.AVAILABILITY_ZONE -> zone = text(extension);
        case PingExtension.SHARD_ID -> shard = new NodeId(extension.shardId());
        case PingExtension.FORGOTTEN_NODE ->
            forget(extension.forgottenNode(), extension.forgottenForS(), sender);
        default -> {
          // Something newer than we are.
        }
      }
    }
    var names = new Names(hostname, nodename, clientIpv4, clientIpv6, zone);
    if (!names.equals(sender.names)) {
      sender.names = names;
      cluster.save();
    }
    if (shard == null && sender.primary != null) shard = sender.primary.shard;
    cluster.setShard(sender, shard == null ? sender.shard : shard);
  }

  private static String text(PingExtension extension) {
    String text = extension.text();
    return text == null ? "" : text;
  }

  private static String address(PingExtension extension, boolean v6) {
    String text = text(extension);
    return (v6 ? IpLiteral.isV6(text) : IpLiteral.isV4(text)) ? text : "";
  }

  private void forget(NodeId id, long forS, Node sender) {
    @Nullable Node node = cluster.nodes.find(id);
    if (node == null || node.isMyself() || node == cluster.self.primary || node == sender) return;
    cluster.notice(node + " was forgotten by " + sender);
    long seconds = Math.clamp(forS, 0, 1L << 32);
    cluster.nodes.ban(id, cluster.nowMs() + seconds * 1000);
    cluster.remove(node);
    cluster.save();
    cluster.judge();
  }
}
