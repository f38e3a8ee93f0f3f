package io.hashslot.bus.core;

import io.hashslot.bus.wire.NodeFlags;
import java.util.ArrayList;
import java.util.List;

/**
 * From silence to agreed failure and back. One node alone may only suspect (PFAIL); when a majority
 * of the voting primaries said so lately, whoever counts them first declares the failure (FAIL) to
 * all. A declared failure is taken back only when the node answers again and nobody took its slots.
 */
final class FailureDetector {
  private final Cluster cluster;
  private final Outbox outbox;
  private final Alarm alarm;

  /** Agreed on in this event. */
  private final List<Node> verdicts = new ArrayList<>();

  FailureDetector(Cluster cluster, Outbox outbox, Alarm alarm) {
    this.cluster = cluster;
    this.outbox = outbox;
    this.alarm = alarm;
  }

  private long reportValidityMs() {
    return 2 * cluster.config.nodeTimeoutMs();
  }

  /** Suspects a node whose ping has been out, with nothing else heard, for the node timeout. */
  void checkSilence(Node node) {
    if (!node.pingOutstanding() || node.suspected() || node.failed()) return;
    long now = cluster.nowMs();
    long silence = Math.min(now - node.pingSentAtMs, now - node.dataReceivedAtMs);
    if (silence <= cluster.config.nodeTimeoutMs()) return;
    node.set(NodeFlags.PFAIL, true);
    cluster.notice(node + " does not answer");
    cluster.save();
    cluster.judge();
    alarm.add(node);
    // Mine may be the voice that was missing.
    failIfAgreed(node);
  }

  /** A primary told by gossip what it thinks of a node. */
  void onReport(Node reporter, Node node, boolean bad) {
    if (!reporter.isVotingPrimary() || node.isMyself()) return;
    if (bad) {
      node.reports.add(reporter, cluster.nowMs());
      failIfAgreed(node);
    } else if (node.reports.remove(reporter)) {
      cluster.note(Effect.Level.DEBUG, reporter + " reported that " + node + " is back");
    }
  }

  /** Reports of the last two node timeouts. */
  int validReports(Node node) {
    return node.reports.count(cluster.nowMs(), reportValidityMs());
  }

  private void failIfAgreed(Node node) {
    if (!node.suspected() || node.failed()) return;
    int votes = validReports(node) + (cluster.self.isVotingPrimary() ? 1 : 0);
    if (votes < cluster.quorum() || votes <= cluster.countVotingPrimaries() / 2) return;
    cluster.notice(
        node + " failed: " + votes + " of " + cluster.votingPrimaries + " primaries say so");
    markFailed(node);
    verdicts.add(node);
  }

  /** Tells everybody what failures were agreed on in this event: many need fewer frames at once. */
  void declare() {
    if (verdicts.isEmpty()) return;
    outbox.failuresToAll(verdicts);
    verdicts.clear();
  }

  /** Somebody declared a failure. */
  void onFailFrame(Node sender, Node node) {
    if (node.isMyself() || node.failed()) return;
    cluster.notice(node + " failed, says " + sender);
    markFailed(node);
  }

  /**
   * Somebody only suspects whom I have held for failed long since: the frame that declared it, sent
   * once, did not reach it. It may be the only one that can take the failed node's place.
   */
  void onDoubt(Node doubter, Node node) {
    Link link = doubter.outbound;
    long now = cluster.nowMs();
    long timeoutMs = cluster.config.nodeTimeoutMs();
    if (link == null || !node.failed() || now - node.failedAtMs <= timeoutMs / 2) return;
    if (now - doubter.failureRetoldAtMs < timeoutMs) return;
    doubter.failureRetoldAtMs = now;
    outbox.failure(link, node);
  }

  private void markFailed(Node node) {
    node.set(NodeFlags.PFAIL, false);
    node.set(NodeFlags.FAIL, true);
    node.failedAtMs = cluster.nowMs();
    cluster.save();
    cluster.judge();
  }

  /** The node answered on the outbound link. */
  void onPong(Node node) {
    node.pongReceivedAtMs = cluster.nowMs();
    node.pingSentAtMs = Cluster.NEVER;
    if (node.suspected()) {
      node.set(NodeFlags.PFAIL, false);
      cluster.save();
      cluster.judge();
    } else if (node.failed()) {
      clearIfPossible(node);
    }
  }

  private void clearIfPossible(Node node) {
    // Nor may it serve by my answer while a replica of it may still win by my vote.
    long sinceMs = Math.max(node.failedAtMs, node.votedAtMs);
    boolean old = cluster.nowMs() - sinceMs > 2 * cluster.config.nodeTimeoutMs();
    if (node.isVotingPrimary() && !old) return;
    node.set(NodeFlags.FAIL, false);
    cluster.notice(node + " is back" + (node.isVotingPrimary() ? ", nobody took its slots" : ""));
    cluster.save();
    cluster.judge();
  }
}
