package io.hashslot.bus.core;

import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.GossipEntry;
import io.hashslot.bus.wire.NodeFlags;
import org.jspecify.annotations.Nullable;

/** What others tell about others: failure reports, pong times, better addresses, new members. */
final class GossipReader {
  private static final long FUTURE_TOLERANCE_MS = 500;

  /** What a record made from gossip takes over; the rest is the teller's own business. */
  private static final int ADOPTED_FLAGS =
      NodeFlags.PRIMARY
          | NodeFlags.REPLICA
          | NodeFlags.PFAIL
          | NodeFlags.FAIL
          | NodeFlags.MIGRATE_TO
          | NodeFlags.NOFAILOVER
          | NodeFlags.EXTENSIONS_SUPPORTED
          | NodeFlags.LIGHT_HEADER;

  private static final int BAD = NodeFlags.PFAIL | NodeFlags.FAIL;

  private final Cluster cluster;
  private final FailureDetector detector;
  private final Roles roles;

  /** Whether the last frame read names me as suspected or failed. */
  private boolean doubtsMe;

  /** Whom the entries of a frame are about; used for one frame at a time. */
  private @Nullable Node[] known = new Node[64];

  GossipReader(Cluster cluster, FailureDetector detector, Roles roles) {
    this.cluster = cluster;
    this.detector = detector;
    this.roles = roles;
  }

  /**
   * Reads the gossip of a frame.
   *
   * @param teller who tells; null if unknown, which only a MEET may be
   */
  void read(BusFrame frame, @Nullable Node teller) {
    doubtsMe = false;
    int count = frame.gossipCount();
    if (known.length < count) known = new Node[Math.max(count, 2 * known.length)];
    for (int i = 0; i < count; i++) {
      GossipEntry entry = frame.gossip(i);
      known[i] = cluster.nodes.find(entry);
      // A name that is known is well-formed; one that is not spoils the whole section.
      if (known[i] == null && !entry.nodeIsValid()) return;
    }
    for (int i = 0; i < count; i++) {
      GossipEntry entry = frame.gossip(i);
      // A newcomer may be named twice.
      Node node = known[i] == null ? cluster.nodes.find(entry) : known[i];
      if (node == null) {
        if (teller != null) introduce(entry);
      } else if (node.isMyself()) {
        doubtsMe |= entry.hasAnyFlag(BAD);
      } else {
        update(node, entry, teller);
      }
    }
    detector.declare();
  }

  /** Whether the teller of the last frame read suspects me, or takes me for failed. */
  boolean doubtsMe() {
    return doubtsMe;
  }

  private void update(Node node, GossipEntry entry, @Nullable Node teller) {
    boolean bad = entry.hasAnyFlag(BAD);
    if (teller != null) {
      detector.onReport(teller, node, bad);
      if (bad && !entry.hasAnyFlag(NodeFlags.FAIL)) detector.onDoubt(teller, node);
    }
    if (!bad && !node.pingOutstanding() && detector.validReports(node) == 0) {
      adoptPongTime(node, entry);
    }
    boolean mineIsBad = node.suspected() || node.failed();
    if (mineIsBad && !bad && !entry.hasAnyFlag(NodeFlags.NOADDR)) {
      Address address = address(entry);
      if (address.known() && !address.equals(node.address)) moveTo(node, address);
    }
  }

  /** Somebody else's fresh pong saves a ping of mine. */
  private void adoptPongTime(Node node, GossipEntry entry) {
    long pongAtMs = cluster.monotonicMs(entry.pongReceivedS() * 1000);
    if (pongAtMs > node.pongReceivedAtMs && pongAtMs <= cluster.nowMs() + FUTURE_TOLERANCE_MS) {
      node.pongReceivedAtMs = pongAtMs;
    }
  }

  private void moveTo(Node node, Address address) {
    cluster.notice(node + " moved to " + address);
    cluster.close(node.outbound);
    node.address = address;
    node.set(NodeFlags.NOADDR, false);
    if (cluster.self.primary == node) roles.keepFollowing();
    cluster.save();
  }

  private void introduce(GossipEntry entry) {
    if (entry.hasAnyFlag(NodeFlags.NOADDR | NodeFlags.HANDSHAKE)) return;
    Address address = address(entry);
    if (!address.known() || cluster.nodes.banned(entry.node(), cluster.nowMs())) return;
    Node node = cluster.newNode(entry.node(), entry.flags() & ADOPTED_FLAGS);
    node.address = address;
    cluster.nodes.add(node);
    cluster.welcome(node);
    cluster.notice("heard of " + node + " at " + address);
    cluster.save();
    cluster.judge();
  }

  private Address address(GossipEntry entry) {
    return Address.ofBus(
        entry.address(),
        entry.port(),
        entry.secondaryPort(),
        entry.busPort(),
        cluster.config.tls());
  }
}
