package io.hashslot.bus.core;

import io.hashslot.bus.wire.ModuleBody;
import org.jspecify.annotations.Nullable;

/**
 * The light question of a primary that needs a proof for its {@link Lease}, and its answer.
 *
 * <p>It replaces a PING and its PONG between two primaries of our make that know everything of each
 * other which a full frame would tell: each says of itself what the other can compare with its
 * table. If all is equal, the question is for the one who is asked the sign of life that a PING is,
 * and the answer the pong and the proof that a PONG is. If anything differs, or the one who asks is
 * suspected, the answer says so; then the question is asked again in full, and everything takes the
 * way of {@link Greetings}. So a light frame teaches nobody anything but the current epoch, which
 * every frame tells, and how far the other's data have come.
 */
final class Inquiry {
  private final Cluster cluster;
  private final Outbox outbox;
  private final FailureDetector detector;
  private final Lease lease;

  Inquiry(Cluster cluster, Outbox outbox, FailureDetector detector, Lease lease) {
    this.cluster = cluster;
    this.outbox = outbox;
    this.detector = detector;
    this.lease = lease;
  }

  /** A light frame for a module came; one that is about something else is not looked at. */
  void onFrame(Link link, ModuleBody body) {
    LeaseTalk said = LeaseTalk.read(body);
    if (said == null) return;
    if (said.kind() == LeaseTalk.Kind.QUESTION) onQuestion(link, said);
    else if (link.outbound) onAnswer(link, said);
  }

  /** Who is not known here gets what it would get for a PING. */
  private void onQuestion(Link link, LeaseTalk said) {
    Node sender = sender(link, said);
    if (sender == null) {
      outbox.pong(link);
      return;
    }
    learn(sender, said);
    boolean agrees = cluster.self.isVotingPrimary() && isAsKnown(sender, said);
    outbox.say(link, agrees ? LeaseTalk.Kind.AGREES : LeaseTalk.Kind.DIFFERS);
    if (agrees) sender.assuredAtMs = cluster.nowMs();
  }

  /** As for any frame: the link may be older than the record of who asks. */
  private @Nullable Node sender(Link link, LeaseTalk said) {
    Node node = link.node;
    if (node != null && node.id.equals(said.speaker())) return node;
    Node sender = cluster.nodes.find(said.speaker());
    if (sender != null && node == null) cluster.tie(link, sender);
    return sender;
  }

  /** If somebody else answers here, the greeting on a new connection finds out. */
  private void onAnswer(Link link, LeaseTalk said) {
    Node node = link.node;
    if (node == null || node.inHandshake() || !node.id.equals(said.speaker())) {
      cluster.close(link);
      return;
    }
    long askedAtMs = link.answered();
    learn(node, said);
    detector.onPong(node);
    boolean agrees = said.kind() == LeaseTalk.Kind.AGREES && isAsKnown(node, said);
    if (agrees) lease.prove(node, askedAtMs);
    else outbox.ask(link);
  }

  private void learn(Node node, LeaseTalk said) {
    node.dataReceivedAtMs = cluster.nowMs();
    node.replicationOffset = said.replicationOffset();
    cluster.hearEpoch(said.currentEpoch());
  }

  /**
   * Whether a full frame would tell nothing new of this primary, and nothing is held against it.
   */
  private boolean isAsKnown(Node node, LeaseTalk said) {
    return node.isVotingPrimary()
        && !node.suspected()
        && !node.failed()
        && said.configEpoch() == node.configEpoch
        && said.configEpoch() != cluster.self.configEpoch
        && said.slots() == LeaseTalk.digest(node.slots)
        && !cluster.slots.anyNotClaimed(node);
  }
}
