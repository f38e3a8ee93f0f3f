package io.hashslot.bus.core;

import io.hashslot.bus.wire.NodeFlags;
import org.jspecify.annotations.Nullable;

/** What is done ten times a second: links, pings, suspicion, and the duties of a replica. */
final class Heartbeat {
  private static final int TICKS_PER_RANDOM_PING = 10;
  private static final int RANDOM_PING_SAMPLES = 5;
  private static final long MIN_HANDSHAKE_MS = 1_000;

  private final Cluster cluster;
  private final Outbox outbox;
  private final FailureDetector detector;
  private final Alarm alarm;
  private final ManualFailover manualFailover;
  private long ticks;

  Heartbeat(
      Cluster cluster,
      Outbox outbox,
      FailureDetector detector,
      Alarm alarm,
      ManualFailover manualFailover) {
    this.cluster = cluster;
    this.outbox = outbox;
    this.detector = detector;
    this.alarm = alarm;
    this.manualFailover = manualFailover;
  }

  void tick() {
    tendLinks();
    if (ticks++ % TICKS_PER_RANDOM_PING == 0) pingSomebody();
    for (Node node : cluster.nodes.copy()) {
      if (!node.isMyself() && !node.has(NodeFlags.NOADDR) && !node.inHandshake()) check(node);
    }
    alarm.sound();
  }

  private void tendLinks() {
    long handshakeMs = Math.max(cluster.config.nodeTimeoutMs(), MIN_HANDSHAKE_MS);
    for (Node node : cluster.nodes.copy()) {
      if (node.isMyself() || node.has(NodeFlags.NOADDR)) continue;
      if (node.inHandshake() && cluster.nowMs() - node.createdAtMs > handshakeMs) {
        cluster.remove(node);
        cluster.judge();
      } else if (node.outbound == null && node.address.known()) {
        cluster.connect(node);
      }
    }
  }

  /** Pings whom I heard of longest ago, among a few drawn by chance. */
  private void pingSomebody() {
    @Nullable Node oldest = null;
    for (int i = 0; i < RANDOM_PING_SAMPLES; i++) {
      Node node = cluster.nodes.random(cluster.random);
      if (node.outbound == null || node.pingOutstanding()) continue;
      if (node.isMyself() || node.inHandshake()) continue;
      if (oldest == null || node.pongReceivedAtMs < oldest.pongReceivedAtMs) oldest = node;
    }
    if (oldest != null && oldest.outbound != null) outbox.ping(oldest.outbound);
  }

  private void check(Node node) {
    long now = cluster.nowMs();
    long timeoutMs = cluster.config.nodeTimeoutMs();
    long intervalMs =
        cluster.config.pingIntervalMs() > 0 ? cluster.config.pingIntervalMs() : timeoutMs / 2;
    refresh(node, now, timeoutMs);
    Link link = node.outbound;
    if (link != null) {
      boolean due = !node.pingOutstanding() && now - node.pongReceivedAtMs > intervalMs;
      if (due || manualFailover.requestedBy(node)) {
        outbox.ping(link);
        return;
      }
    }
    detector.checkSilence(node);
  }

  /**
   * A connection over which nothing comes may be broken without anybody having noticed. If the node
   * is heard on its own connection, mine gets more time: it must answer here at last, or a failure
   * that was declared is never taken back.
   */
  private void refresh(Node node, long now, long timeoutMs) {
    Link link = node.outbound;
    if (link == null || now - link.createdAtMs <= timeoutMs || !node.pingOutstanding()) return;
    boolean silent =
        now - node.pingSentAtMs > timeoutMs / 2 && now - node.dataReceivedAtMs > timeoutMs / 2;
    boolean broken = now - node.pingSentAtMs > timeoutMs && now - link.receivedAtMs > timeoutMs;
    if (silent || broken) cluster.close(link);
  }

  /** An outbound link is up: introduce myself, or ask for a sign of life. */
  void onLinkUp(Link link) {
    Node node = link.node;
    if (node == null) return;
    long outstandingSinceMs = node.pingSentAtMs;
    if (node.has(NodeFlags.MEET)) outbox.meet(link);
    else outbox.ping(link);
    // A link that flaps must not hide that the node does not answer.
    if (outstandingSinceMs != Cluster.NEVER) node.pingSentAtMs = outstandingSinceMs;
  }

  /**
   * A link is gone. A node that was not even reached is silent from now on. One that was is tried
   * again at once, unless it closes whatever is opened: if its process has died, that shows then.
   */
  void onLinkDown(Link link) {
    Node node = link.node;
    if (node == null || !link.outbound) return;
    if (!link.wasUp) {
      if (!node.pingOutstanding()) node.pingSentAtMs = cluster.nowMs();
    } else if (cluster.nowMs() - link.createdAtMs > ClusterCore.TICK_MS && isReachable(node)) {
      cluster.connect(node);
    }
  }

  private static boolean isReachable(Node node) {
    return !node.inHandshake() && !node.has(NodeFlags.NOADDR) && node.address.known();
  }
}
