package io.hashslot.bus.core;

import it.unimi.dsi.fastutil.longs.LongArrayFIFOQueue;
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

  /** Outbound: when something was last sent that must be answered. */
  long askedAtMs = Cluster.NEVER;

  /** When what is not answered yet was sent, the oldest first; null before anything was asked. */
  private @Nullable LongArrayFIFOQueue unanswered;

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

  /** Something was sent that the other side answers. */
  void asked(long nowMs) {
    LongArrayFIFOQueue queue = unanswered;
    if (queue == null) {
      queue = new LongArrayFIFOQueue();
      unanswered = queue;
    }
    queue.enqueue(nowMs);
    askedAtMs = nowMs;
  }

  /**
   * An answer came. Nothing is lost and nothing changes places on a connection, so it is that to
   * the oldest question.
   *
   * @return when that was sent; {@link Cluster#NEVER} if nothing was asked
   */
  long answered() {
    LongArrayFIFOQueue queue = unanswered;
    return queue == null || queue.isEmpty() ? Cluster.NEVER : queue.dequeueLong();
  }

  /**
   * When the oldest question without an answer was sent; {@link Lease#FOREVER} if there is none.
   */
  long oldestUnansweredMs() {
    LongArrayFIFOQueue queue = unanswered;
    return queue == null || queue.isEmpty() ? Lease.FOREVER : queue.firstLong();
  }

  static Link inbound(int number, long nowMs, String localIp, String remoteIp) {
    return new Link(number, false, nowMs, localIp, remoteIp, null);
  }

  static Link outbound(int number, long nowMs, Node node) {
    return new Link(number, true, nowMs, "", node.address.ip(), node);
  }
}
