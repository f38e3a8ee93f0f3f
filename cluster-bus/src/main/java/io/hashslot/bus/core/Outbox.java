package io.hashslot.bus.core;

import io.hashslot.bus.wire.FrameEncoder;
import io.hashslot.bus.wire.MessageFlags;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.slot.SlotSet;
import java.util.List;
import java.util.function.Predicate;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the frames this node sends. Every header tells the state of this moment: epochs must be
 * raised before a frame is written, not after.
 */
final class Outbox {
  /** So many failures at once are told in a frame each, as the C servers do. */
  private static final int FEW_FAILURES = 3;

  private final Cluster cluster;
  private final Gossip gossip;
  private final FrameEncoder encoder = new FrameEncoder();
  private final ExpandableArrayBuffer scratch = new ExpandableArrayBuffer(4096);

  /** Whether a cooperative failover is open on this primary: all its frames say so. */
  private boolean paused;

  Outbox(Cluster cluster, Gossip gossip) {
    this.cluster = cluster;
    this.gossip = gossip;
  }

  void setPaused(boolean paused) {
    this.paused = paused;
  }

  /** Asks for a sign of life. */
  void ping(Link link) {
    Node node = link.node;
    if (link.outbound && node != null) node.pingSentAtMs = cluster.nowMs();
    link.asked(cluster.nowMs());
    send(link, MessageType.PING, greeting(MessageType.PING, link));
  }

  /** Asks whether it is there, and tells hardly anything of others; so will the answer. */
  void ask(Link link) {
    asked(link);
    send(link, MessageType.PING, brief(MessageType.PING, link));
  }

  /** Asks a node of ours whether it knows of me what I know of myself, in a hundred bytes. */
  void inquire(Link link) {
    asked(link);
    say(link, LeaseTalk.Kind.QUESTION);
  }

  private void asked(Link link) {
    Node node = link.node;
    if (node != null && !node.pingOutstanding()) node.pingSentAtMs = cluster.nowMs();
    link.asked(cluster.nowMs());
  }

  /** Asks or answers what {@link Lease} needs, with what this primary says of itself. */
  void say(Link link, LeaseTalk.Kind kind) {
    Node self = cluster.self;
    byte[] payload =
        new LeaseTalk(
                kind,
                self.id,
                cluster.currentEpoch,
                self.configEpoch,
                LeaseTalk.digest(self.slots),
                cluster.host().replicationOffset())
            .payload();
    var body = new UnsafeBuffer(payload);
    int length = encoder.lightModule(scratch, 0, Consents.MODULE_ID, kind.type(), body);
    send(link, MessageType.MODULE, copy(length));
  }

  /** Asks to be let into the other node's table. */
  void meet(Link link) {
    link.asked(cluster.nowMs());
    send(link, MessageType.MEET, greeting(MessageType.MEET, link));
  }

  /** Answers, or tells unasked what changed. */
  void pong(Link link) {
    send(link, MessageType.PONG, greeting(MessageType.PONG, link));
  }

  /** Answers somebody who told hardly anything of others: it was the answer that he wanted. */
  void briefPong(Link link) {
    send(link, MessageType.PONG, brief(MessageType.PONG, link));
  }

  /** Tells everybody what changed with me, and hardly anything of others: these are many frames. */
  void pongToAll() {
    for (Node node : cluster.nodes) {
      Link link = node.outbound;
      if (link == null || node.isMyself() || node.inHandshake()) continue;
      briefPong(link);
    }
  }

  /** Tells the other replicas of my primary, so that they know my offset. */
  void pongToSiblings() {
    Node primary = cluster.self.primary;
    if (primary == null) return;
    for (Node sibling : primary.replicas) {
      if (sibling.outbound != null && !sibling.isMyself()) pong(sibling.outbound);
    }
  }

  /** Declares failures: a few in a frame each; many in one {@link FailureList} where possible. */
  void failuresToAll(List<Node> failed) {
    boolean many = failed.size() > FEW_FAILURES;
    if (many) {
      for (int from = 0; from < failed.size(); from += FailureList.MOST) {
        int to = Math.min(from + FailureList.MOST, failed.size());
        byte[] names = FailureList.payload(failed.subList(from, to));
        begin(MessageType.MODULE, 0)
            .module(Consents.MODULE_ID, FailureList.type(), new UnsafeBuffer(names));
        broadcast(MessageType.MODULE, finish(), node -> node.ours);
      }
    }
    for (Node node : failed) {
      begin(MessageType.FAIL, 0).failedNode(node.id);
      broadcast(MessageType.FAIL, finish(), other -> !(many && other.ours));
    }
  }

  /** Tells one node that another one failed. */
  void failure(Link link, Node failed) {
    begin(MessageType.FAIL, 0).failedNode(failed.id);
    send(link, MessageType.FAIL, finish());
  }

  /**
   * Asks everybody for a vote.
   *
   * @param evenIfAlive whether the primary agreed or an administrator insists
   */
  void authRequestToAll(boolean evenIfAlive) {
    begin(MessageType.AUTH_REQUEST, evenIfAlive ? MessageFlags.FORCE_ACK : 0);
    broadcast(MessageType.AUTH_REQUEST, finish(), _ -> true);
  }

  void authAck(Link link) {
    begin(MessageType.AUTH_ACK, 0);
    send(link, MessageType.AUTH_ACK, finish());
  }

  /** Corrects a node about the slots of another one. */
  void update(Link link, Node owner) {
    SlotSet claimed = owner.slots.copy();
    for (int slot = claimed.next(0); slot >= 0; slot = claimed.next(slot + 1)) {
      if (cluster.slots.notClaimed(slot)) claimed.remove(slot);
    }
    begin(MessageType.UPDATE, 0).update(owner.id, owner.configEpoch, claimed);
    send(link, MessageType.UPDATE, finish());
  }

  /** Asks the primary to hold back writes for a failover. */
  void manualFailoverStart(Link link) {
    begin(MessageType.MFSTART, 0);
    send(link, MessageType.MFSTART, finish());
  }

  /** Tells a node something that peers of other makes take for a module's business. */
  void module(Link link, long moduleId, int type, byte[] payload) {
    begin(MessageType.MODULE, 0).module(moduleId, type, new UnsafeBuffer(payload));
    send(link, MessageType.MODULE, finish());
  }

  /** Tells all nodes, or all of my shard, a message; light to those that understand it. */
  void publish(byte[] channel, byte[] message, boolean sharded) {
    MessageType type = sharded ? MessageType.PUBLISHSHARD : MessageType.PUBLISH;
    var channelBuffer = new UnsafeBuffer(channel);
    var messageBuffer = new UnsafeBuffer(message);
    @Nullable DirectBuffer full = null;
    @Nullable DirectBuffer light = null;
    for (Node node : cluster.nodes) {
      if (node.outbound == null || node.isMyself() || node.inHandshake()) continue;
      if (sharded && !node.sameShard(cluster.self)) continue;
      if (node.has(NodeFlags.LIGHT_HEADER)) {
        if (light == null) {
          light = copy(encoder.lightPublish(scratch, 0, type, channelBuffer, messageBuffer));
        }
        cluster.emit(new Effect.Send(node.outbound.number, light));
      } else {
        if (full == null) {
          begin(type, 0).publish(channelBuffer, messageBuffer);
          full = finish();
        }
        send(node.outbound, type, full);
      }
    }
  }

  /** Tells of these nodes only; each at most once, and no more than fit into a frame. */
  void suspicions(Link link, List<Node> suspects) {
    FrameEncoder frame = begin(MessageType.PONG, MessageFlags.EXTENSION_DATA);
    gossip.write(frame, suspects);
    send(link, MessageType.PONG, extended(frame, link));
  }

  private DirectBuffer greeting(MessageType type, Link link) {
    FrameEncoder frame = begin(type, MessageFlags.EXTENSION_DATA);
    gossip.write(frame, link);
    return extended(frame, link);
  }

  private DirectBuffer brief(MessageType type, Link link) {
    FrameEncoder frame = begin(type, MessageFlags.EXTENSION_DATA);
    gossip.writeFew(frame, link);
    return extended(frame, link);
  }

  private DirectBuffer extended(FrameEncoder frame, Link link) {
    Node node = link.node;
    if (node != null && node.has(NodeFlags.EXTENSIONS_SUPPORTED)) writeExtensions(frame);
    return finish();
  }

  private void writeExtensions(FrameEncoder frame) {
    Names names = cluster.self.names;
    if (!names.hostname().isEmpty()) frame.hostname(names.hostname());
    if (!names.nodename().isEmpty()) frame.humanNodename(names.nodename());
    if (!names.clientIpv4().isEmpty()) frame.clientIpv4(names.clientIpv4());
    if (!names.clientIpv6().isEmpty()) frame.clientIpv6(names.clientIpv6());
    if (!names.zone().isEmpty()) frame.availabilityZone(names.zone());
    long now = cluster.nowMs();
    cluster
        .nodes
        .bans(now)
        .forEach((id, untilMs) -> frame.forgottenNode(id, Math.max(1, (untilMs - now) / 1000)));
    frame.shardId(cluster.self.shard.text());
  }

  private FrameEncoder begin(MessageType type, int messageFlags) {
    Node self = cluster.self;
    Node claimant = cluster.myPrimaryOrMe();
    ClusterConfig config = cluster.config;
    Address address = self.address;
    return encoder
        .begin(scratch, 0, type)
        .port(address.defaultPort(config.tls()))
        .secondaryPort(address.otherPort(config.tls()))
        .busPort(address.busPort())
        .announcedAddress(config.announce().ip())
        .currentEpoch(cluster.currentEpoch)
        .configEpoch(claimant.configEpoch)
        .slots(claimant.slots)
        .replicationOffset(cluster.host().replicationOffset())
        .sender(self.id)
        .primary(self.primary == null ? null : self.primary.id)
        .nodeFlags(self.flags | (seesPrimaryFailed() ? NodeFlags.SEES_PRIMARY_FAILED : 0))
        .clusterDown(!cluster.health.ok())
        .ourMark()
        .messageFlags(messageFlags | (paused && self.isPrimary() ? MessageFlags.PAUSED : 0));
  }

  /** So that my siblings know that the offset I tell is my last word. */
  private boolean seesPrimaryFailed() {
    Node primary = cluster.self.primary;
    return primary != null && primary.failed();
  }

  private DirectBuffer finish() {
    return copy(encoder.finish());
  }

  private DirectBuffer copy(int length) {
    var bytes = new byte[length];
    scratch.getBytes(0, bytes);
    return new UnsafeBuffer(bytes);
  }

  private void broadcast(MessageType type, DirectBuffer frame, Predicate<Node> whom) {
    for (Node node : cluster.nodes) {
      if (node.outbound == null || node.isMyself() || node.inHandshake()) continue;
      if (whom.test(node)) send(node.outbound, type, frame);
    }
  }

  private void send(Link link, MessageType type, DirectBuffer frame) {
    cluster.framesSent[type.code()]++;
    cluster.emit(new Effect.Send(link.number, frame));
  }
}
