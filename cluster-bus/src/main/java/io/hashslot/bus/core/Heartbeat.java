package io.hashslot.bus.core;

import io.hashslot.bus.wire.NodeFlags;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is done ten times a second: links, pings, suspicion, and the duties of a replica. */
final class Heartbeat {
  private static final int TICKS_PER_RANDOM_PING = 10;
  private static final int RANDOM_PING_SAMPLES = 5;
  private static final long MIN_HANDSHAKE_MS = 1_000;

  /** When many pings are due at once, they are sent in so many ticks. */
  private static final int TICKS_OF_A_WAVE = 8;

  private static final int FEWEST_PINGS = 10;

  /** From so many nodes on pings are spread over time by chance. */
  static final int BIG = 50;

  private final Cluster cluster;
  private final Outbox outbox;
  private final FailureDetector detector;
  private final Alarm alarm;
  private final ManualFailover manualFailover;
  private final Lease lease;
  private long ticks;

  /** Where the next tick begins among the nodes. */
  private int next;

  private final List<Node> strangers = new ArrayList<>();

  Heartbeat(
      Cluster cluster,
      Outbox outbox,
      FailureDetector detector,
      Alarm alarm,
      ManualFailover manualFailover,
      Lease lease) {
    this.cluster = cluster;
    this.outbox = outbox;
    this.detector = detector;
    this.alarm = alarm;
    this.manualFailover = manualFailover;
    this.lease = lease;
  }

  void tick() {
    if (ticks++ % TICKS_PER_RANDOM_PING == 0) pingSomebody();
    lease.tick(tendAll());
    alarm.sound();
    detector.declare();
  }

  /**
   * One walk over all nodes, because in a big cluster that is what a tick costs. Who is not reached
   * because enough was sent is the first next time.
   *
   * @return how many more may be pinged in this tick
   */
  private int tendAll() {
    int size = cluster.nodes.size();
    int begin = next;
    int budget = Math.max(FEWEST_PINGS, size / TICKS_OF_A_WAVE);
    strangers.clear();
    for (int i = 0; i < size; i++) {
      int at = begin + i < size ? begin + i : (begin + i) % size;
      Node node = cluster.nodes.at(at);
      if (node.isMyself() || node.has(NodeFlags.NOADDR)) continue;
      if (node.inHandshake()) {
        strangers.add(node);
        continue;
      }
      if (node.outbound == null && node.address.known()) cluster.connect(node);
      if (!check(node, budget > 0)) continue;
      budget--;
      next = at + 1;
    }
    for (Node stranger : strangers) tend(stranger);
    return budget;
  }

  private void tend(Node stranger) {
    long handshakeMs = Math.max(cluster.config.nodeTimeoutMs(), MIN_HANDSHAKE_MS);
    if (cluster.nowMs() - stranger.createdAtMs > handshakeMs) {
      cluster.remove(stranger);
      cluster.judge();
    } else if (stranger.outbound == null && stranger.address.known()) {
      cluster.connect(stranger);
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

  /** Whether it was pinged, which is not done unless it {@code may} be or must be. */
  private boolean check(Node node, boolean may) {
    long now = cluster.nowMs();
    long timeoutMs = cluster.config.nodeTimeoutMs();
    refresh(node, now, timeoutMs);
    Link link = node.outbound;
    if (link != null) {
      boolean due = may && !node.pingOutstanding() && isDue(now - node.pongReceivedAtMs);
      if (due || manualFailover.requestedBy(node)) {
        outbox.ping(link);
        return due;
      }
    }
    detector.checkSilence(node);
    return false;
  }

  /**
   * Whether somebody of whom nothing was heard for so long is to be pinged. In a big cluster
   * somebody does it a little earlier, by chance, so that all others hear of the answer in time and
   * need not ask themselves; otherwise all would ask everybody in the same moment.
   */
  private boolean isDue(long ageMs) {
    long intervalMs =
        cluster.config.pingIntervalMs() > 0
            ? cluster.config.pingIntervalMs()
            : cluster.config.nodeTimeoutMs() / 2;
    if (ageMs > intervalMs) return true;
    int size = cluster.nodes.size();
    return size >= BIG && ageMs > intervalMs / 2 && cluster.random.nextInt(size) == 0;
  }

  /**
   * A connection over which nothing comes may be broken without anybody having noticed. If the node
   * is heard on its own connection, mine gets more time: it must answer here at last, or a failure
   * that was declared is never taken back.
   */
  private void refresh(Node node, long now, long timeoutMs) {
    Link link = node.outbound;
    if (link == null) return;
    if (lease.isStuck(link)) {
      cluster.close(link);
      return;
    }
    if (now - link.createdAtMs <= timeoutMs || !node.pingOutstanding()) return;
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
