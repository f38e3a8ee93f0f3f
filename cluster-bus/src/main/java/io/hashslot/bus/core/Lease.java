package io.hashslot.bus.core;

import java.util.Arrays;

/**
 * The time for which a primary with slots may serve: one node timeout from the last moment at which
 * it can prove that a majority of the seats (primaries with slots, itself included) knew of it.
 *
 * <p>A proof is an answer to something that I sent, and it counts from the moment that was
 * <em>sent</em>. When it arrived says nothing: it may have lain in a buffer while I was suspended,
 * and so may any frame that was sent unasked. Who has given me a proof does not vote to replace me
 * for a node timeout from then on ({@link Voter}), and a successor needs the votes of a majority.
 * So as long as I serve nobody is elected in my place, provided that the clocks run equally fast
 * and that the voters are of our make. Proofs are
 *
 * <ul>
 *   <li>a PONG on my own connection. There the other side sends only answers, in the order of the
 *       questions, so each counts for the oldest question without one ({@link Link#answered}). It
 *       is no proof if its gossip names me as suspected or failed: such a voice counts against me.
 *   <li>likewise the light answer of a node of ours, if it knows of me what I know of myself.
 *   <li>a vote, from the moment at which I first asked for it.
 * </ul>
 *
 * <p>In health every node is asked every half node timeout anyway. In a big cluster the answers
 * that others heard save asking, but prove nothing; and an answer may be late. So when the lease
 * gets old, as many seats are asked as are needed for it to be young again, and one more. Those of
 * our make are mostly asked in a hundred bytes ({@link Inquiry}), others by a PING.
 */
final class Lease {
  /** Who needs no proof: no primary, or one whose voice alone is a majority. */
  static final long FOREVER = Long.MAX_VALUE / 4;

  /**
   * In a big cluster each is asked in full at least so often: a hostname is told in no other way.
   */
  private static final int FULL_IN_TIMEOUTS = 10;

  /** So many more are asked than must answer. */
  private static final int SPARE = 1;

  private final Cluster cluster;
  private final Outbox outbox;
  private long untilMs = FOREVER;
  private long toldUntilMs = FOREVER;
  private long[] proofs = new long[16];

  /** Where the next search for seats to ask begins. */
  private int next;

  /** The highest epoch that was known when I last served as a primary that needs the lease. */
  private long epoch = Long.MAX_VALUE;

  Lease(Cluster cluster, Outbox outbox) {
    this.cluster = cluster;
    this.outbox = outbox;
  }

  /** This node knew of me, and did not take me for failed, after I sent something at that time. */
  void prove(Node node, long sentAtMs) {
    if (sentAtMs <= node.provenAtMs) return;
    node.provenAtMs = sentAtMs;
    if (cluster.health == ClusterHealth.UNPROVEN) cluster.judge();
  }

  /** Whether it is held at this moment, as last looked at. */
  boolean held() {
    return cluster.nowMs() < untilMs;
  }

  /**
   * When it ends unless there are new proofs; a monotonic time, {@link #FOREVER} if it does not.
   */
  long untilMs() {
    return untilMs;
  }

  /** Looks at the proofs: new ones make it longer, new seats may make it shorter. */
  void look() {
    int needed = needed();
    if (needed == 0) {
      untilMs = FOREVER;
      epoch = Long.MAX_VALUE;
      return;
    }
    int count = 0;
    for (Node node : cluster.nodes) {
      if (!isOtherSeat(node)) continue;
      if (count == proofs.length) proofs = Arrays.copyOf(proofs, 2 * count);
      proofs[count++] = node.provenAtMs;
    }
    if (needed > count) {
      untilMs = Cluster.NEVER;
      return;
    }
    Arrays.sort(proofs, 0, count);
    untilMs = proofs[count - needed] + cluster.config.nodeTimeoutMs();
  }

  /** This event ended in good health. */
  void served() {
    if (untilMs != FOREVER) epoch = cluster.currentEpoch;
  }

  /** A view that tells of it is published now. */
  void told() {
    toldUntilMs = untilMs;
  }

  /** Whether those who go by the last view would stop soon, and need not. */
  boolean isToldTooShort() {
    long leftMs = toldUntilMs - cluster.nowMs();
    return untilMs > toldUntilMs && leftMs < cluster.config.nodeTimeoutMs() / 4;
  }

  /**
   * Whether somebody may have been elected while it was not held: a voter tells the epoch of its
   * vote in all that it says, and a majority has spoken.
   */
  boolean missedAnEpoch() {
    return cluster.currentEpoch > epoch;
  }

  /** How many other seats must have proven that they know of me. */
  private int needed() {
    return cluster.self.isVotingPrimary() ? cluster.quorum() - 1 : 0;
  }

  private static boolean isOtherSeat(Node node) {
    return node.isVotingPrimary() && !node.isMyself();
  }

  /**
   * Asks some seats if the lease is getting old. To be called with every tick.
   *
   * @param most how many may be asked
   */
  void tick(int most) {
    look();
    int needed = needed();
    if (needed == 0) return;
    long timeoutMs = cluster.config.nodeTimeoutMs();
    long now = cluster.nowMs();
    long old = now - oldAfterMs();
    if (untilMs - timeoutMs >= old) return;
    int missing = needed + SPARE;
    long patient = now - timeoutMs / 6;
    for (Node node : cluster.nodes) {
      if (!isOtherSeat(node)) continue;
      Link link = node.outbound;
      if (node.provenAtMs >= old || (link != null && link.askedAtMs >= patient)) missing--;
    }
    ask(Math.min(most, missing), old, patient);
  }

  /** In turn, since some of them may be dead without anybody knowing it yet. */
  private void ask(int most, long old, long patient) {
    int left = most;
    int size = cluster.nodes.size();
    int begin = next;
    for (int i = 0; i < size && left > 0; i++) {
      int at = (begin + i) % size;
      Node node = cluster.nodes.at(at);
      Link link = node.outbound;
      if (!isOtherSeat(node) || link == null || !link.wasUp || node.failed()) continue;
      if (node.provenAtMs >= old || link.askedAtMs >= patient) continue;
      if (knowsEnough(link, node)) outbox.inquire(link);
      else outbox.ask(link);
      left--;
      next = at + 1;
    }
  }

  /**
   * Whether the light question is enough: the node is of our make, has shown on this connection who
   * it is, and has told all that a full frame tells not long ago.
   */
  private boolean knowsEnough(Link link, Node node) {
    if (!node.ours || link.receivedAtMs == Cluster.NEVER) return false;
    long timeoutMs = cluster.config.nodeTimeoutMs();
    boolean big = cluster.nodes.size() >= Heartbeat.BIG;
    long goodForMs = big ? FULL_IN_TIMEOUTS * timeoutMs : timeoutMs / 2;
    return cluster.nowMs() - node.heardInFullAtMs < goodForMs;
  }

  /** In a big cluster asking costs something; in a small one nobody shall stop for a hiccup. */
  private long oldAfterMs() {
    long timeoutMs = cluster.config.nodeTimeoutMs();
    return cluster.nodes.size() < Heartbeat.BIG ? timeoutMs / 6 : timeoutMs / 2;
  }

  /**
   * Whether a connection is to be opened anew: what was asked there so long ago is not answered any
   * more in time, and answers to later questions would count for it.
   */
  boolean isStuck(Link link) {
    Node node = link.node;
    return node != null
        && isOtherSeat(node)
        && needed() > 0
        && cluster.nowMs() - link.oldestUnansweredMs() > cluster.config.nodeTimeoutMs() * 3 / 4;
  }
}
