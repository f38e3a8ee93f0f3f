package io.hashslot.bus.core;

import org.jspecify.annotations.Nullable;

/** One bus connection. The driver holds the socket under the same number. */
final class Link {
  final int number;
  final boolean outbound;
  final long createdAtMs;
  String localIp;

  /** Outbound: whether the connection was ever established. */
  boolean wasUp;

  /** When a frame came over this link last. */
  long receivedAtMs = Cluster.NEVER;

  final String remoteIp;

  /** The node at the other end; unknown on an inbound link until it introduced itself. */
  @Nullable Node node;

  private Link(
      int number,
      boolean outbound,
      long createdAtMs,
      String localIp,
      String remoteIp,
      @Nullable Node node) {
    this.number = number;
    this.outbound = outbound;
    this.createdAtMs = createdAtMs;
    this.localIp = localIp;
    this.remoteIp = remoteIp;
    this.node = node;
  }

  static Link inbound(int number, long nowMs, String localIp, String remoteIp) {
    return new Link(number, false, nowMs, localIp, remoteIp, null);
  }

  static Link outbound(int number, long nowMs, Node node) {
    return new Link(number, true, nowMs, "", node.address.ip(), node);
  }
}
