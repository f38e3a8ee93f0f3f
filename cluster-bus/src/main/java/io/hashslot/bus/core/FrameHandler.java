package io.hashslot.bus.core;

import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.FrameHeader;
import io.hashslot.bus.wire.MessageFlags;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import org.jspecify.annotations.Nullable;

/**
 * The way of a frame: who sent it, what its header alone tells, then what its type asks for. The
 * order of the steps matters: each may rely on what the one before learned.
 */
final class FrameHandler {
  private final Cluster cluster;
  private final Greetings greetings;
  private final FailureDetector detector;
  private final Claims claims;
  private final Voter voter;
  private final ReplicaElection election;
  private final ManualFailover manualFailover;
  private final Consents consents;
  private final Inquiry inquiry;
  private final SlotSet claimed = new SlotSet();

  FrameHandler(
      Cluster cluster,
      Greetings greetings,
      FailureDetector detector,
      Claims claims,
      Voter voter,
      ReplicaElection election,
      ManualFailover manualFailover,
      Consents consents,
      Inquiry inquiry) {
    this.cluster = cluster;
    this.greetings = greetings;
    this.detector = detector;
    this.claims = claims;
    this.voter = voter;
    this.election = election;
    this.manualFailover = manualFailover;
    this.consents = consents;
    this.inquiry = inquiry;
  }

  /** Handles a frame that was found sound. */
  void onFrame(Link link, BusFrame frame) {
    MessageType type = frame.type();
    if (type != MessageType.UNKNOWN) cluster.framesReceived[type.code()]++;
    link.receivedAtMs = cluster.nowMs();
    if (frame.isLight()) {
      onLightFrame(link, frame);
      return;
    }
    FrameHeader header = frame.header();
    if (header.isFrom(cluster.self.id)) {
      greetings.onOwnVoice(link, type);
      return;
    }
    Node sender = resolve(link, header);
    boolean itself = sender != null && header.isFrom(sender.id);
    if (sender != null && itself) {
      learnCapabilities(sender, header);
      sender.dataReceivedAtMs = cluster.nowMs();
      if (!sender.inHandshake()) learnProgress(sender, header);
    }
    if (type.isPingLike()) greetings.onFrame(link, frame, sender);
    else if (sender != null && itself) onOther(link, frame, sender);
  }

  /** A light PUBLISH has no header to know its sender by, only the link it came on. */
  private void onLightFrame(Link link, BusFrame frame) {
    if (frame.type() == MessageType.MODULE) {
      inquiry.onFrame(link, frame.module());
      return;
    }
    Node node = link.node;
    if (node == null || node.inHandshake()) {
      cluster.close(link);
      return;
    }
    node.dataReceivedAtMs = cluster.nowMs();
    deliver(frame);
  }

  /**
   * Who sent it, or, on a connection of ours, whom it was opened for: if somebody else answers
   * there, {@link Greetings} finds out. Until then nothing that one says is about the other: its
   * config epoch would let a node that is gone win over its successor.
   */
  private @Nullable Node resolve(Link link, FrameHeader header) {
    Node node = link.node;
    if (node != null && !node.inHandshake() && (link.outbound || header.isFrom(node.id))) {
      return node;
    }
    Node sender = cluster.nodes.find(header.sender());
    if (sender != null && node == null) cluster.tie(link, sender);
    return sender;
  }

  private static void learnCapabilities(Node sender, FrameHeader header) {
    if (header.hasMessageFlags(MessageFlags.EXTENSION_DATA)) {
      sender.set(NodeFlags.EXTENSIONS_SUPPORTED, true);
    }
    sender.ours = header.hasOurMark();
    sender.set(NodeFlags.LIGHT_HEADER, header.hasNodeFlags(NodeFlags.LIGHT_HEADER));
    boolean seesFailure = header.hasNodeFlags(NodeFlags.SEES_PRIMARY_FAILED);
    sender.set(NodeFlags.SEES_PRIMARY_FAILED, seesFailure);
  }

  private void learnProgress(Node sender, FrameHeader header) {
    cluster.hearEpoch(header.currentEpoch());
    // A replica's frame carries its primary's epoch, which must not stick to the replica.
    if (!header.hasPrimary() && header.configEpoch() > sender.configEpoch) {
      sender.configEpoch = header.configEpoch();
      cluster.saveSynced();
    }
    sender.replicationOffset = header.replicationOffset();
    if (sender == cluster.self.primary && header.hasMessageFlags(MessageFlags.PAUSED)) {
      manualFailover.onPausedOffset(header.replicationOffset());
      election.step();
    }
  }

  private void onOther(Link link, BusFrame frame, Node sender) {
    FrameHeader header = frame.header();
    switch (frame.type()) {
      case FAIL -> onFail(sender, frame.failedNode());
      case PUBLISH, PUBLISHSHARD -> deliver(frame);
      case AUTH_REQUEST -> {
        voter.onRequest(sender, header);
        election.onRival(sender, header.currentEpoch());
      }
      case AUTH_ACK -> election.onVote(sender, header.currentEpoch());
      case UPDATE -> {
        frame.update().slotsTo(claimed);
        Node owner = cluster.nodes.find(frame.update().node());
        claims.onUpdate(owner, frame.update().configEpoch(), claimed);
      }
      case MFSTART -> {
        if (sender.primary == cluster.self) manualFailover.onStartFrame(sender);
      }
      case MODULE -> {
        for (NodeId failed : FailureList.read(frame.module())) onFail(sender, failed);
        consents.onFrame(sender, frame.module());
        election.step();
      }
      case PING, PONG, MEET, UNKNOWN -> {
        // Greetings are handled elsewhere; nobody here listens to news of the future.
      }
    }
  }

  private void onFail(Node sender, NodeId whom) {
    Node failed = cluster.nodes.find(whom);
    if (failed != null) detector.onFailFrame(sender, failed);
  }

  private void deliver(BusFrame frame) {
    boolean sharded = frame.type() == MessageType.PUBLISHSHARD;
    cluster.emit(new Effect.Deliver(frame.publish().channel(), frame.publish().message(), sharded));
  }
}
