package io.hashslot.replication;

import io.netty.channel.EventLoopGroup;

/**
 * The second of two connections to a primary, over which the snapshot comes while the stream comes
 * over the first: tells that one's link of all that happens.
 */
record SnapshotConnection(PrimaryLink link) implements UpstreamListener {
  /** Connects; the rest is up to {@link DualChannelSync}. */
  void open(UpstreamChannel channel, EventLoopGroup group, PrimaryEndpoint to, int timeoutMs) {
    channel.connect(
        group,
        to,
        timeoutMs,
        this,
        () -> link.connectedForSnapshot(channel),
        link::closedForSnapshot);
  }

  @Override
  public void received(long address, int length, long nowNs) {
    link.receivedForSnapshot(address, length, nowNs);
  }

  @Override
  public void closed(String reason) {
    link.closedForSnapshot(reason);
  }
}
