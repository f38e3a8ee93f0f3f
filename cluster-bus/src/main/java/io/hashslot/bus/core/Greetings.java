package io.hashslot.bus.core;

import static java.util.Objects.requireNonNull;

import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.FrameHeader;
import io.hashslot.bus.wire.MessageFlags;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.slot.SlotSet;
import org.jspecify.annotations.Nullable;

/**
 * PING, PONG and MEET: introductions, signs of life, addresses, roles, slot claims, gossip.
 *
 * <p>A MEET lets a stranger into the table, as a record under a random name that waits in handshake
 * until the stranger answers on a connection of ours and so tells its real name. A PING of a
 * stranger is answered, and nothing else.
 */
final class Greetings {
  private static final int ROLES = NodeFlags.PRIMARY | NodeFlags.REPLICA;

  private final Cluster cluster;
  private final Outbox outbox;
  private final FailureDetector detector;
  private final Roles roles;
  private final Claims claims;
  private final Epochs epochs;
  private final Lease lease;
  private final GossipReader gossip;
  private final ExtensionReader extensions;
  private final SlotSet claimed = new SlotSet();

  Greetings(
      Cluster cluster,
      Outbox outbox,
      FailureDetector detector,
      Roles roles,
      Claims claims,
      Epochs epochs,
      Lease lease) {
    this.cluster = cluster;
    this.outbox = outbox;
    this.detector = detector;
    this.roles = roles;
    this.claims = claims;
    this.epochs = epochs;
    this.lease = lease;
    this.gossip = new GossipReader(cluster, detector, roles);
    this.extensions = new ExtensionReader(cluster);
  }

  /** A frame of my own came back to me: somebody told me to meet myself. */
  void onOwnVoice(Link link, MessageType type) {
    if (type == MessageType.PING || type == MessageType.MEET) outbox.pong(link);
    Node node = link.node;
    if (link.outbound && node != null && node.inHandshake()) cluster.remove(node);
  }

  void onFrame(Link link, BusFrame frame, @Nullable Node sender) {
    MessageType type = frame.type();
    FrameHeader header = frame.header();
    boolean answers = type == MessageType.PONG && link.outbound;
    long askedAtMs = answers ? link.answered() : Cluster.NEVER;
    if (type != MessageType.PONG) answer(link, frame, sender);
    if (sender != null && sender.has(NodeFlags.MEET)) sender.set(NodeFlags.MEET, false);
    if (link.outbound && !checkName(link, header, sender)) return;
    if (sender != null) {
      sender.set(NodeFlags.NOFAILOVER, header.hasNodeFlags(NodeFlags.NOFAILOVER));
      if (type == MessageType.PING && !sender.inHandshake() && !link.outbound) {
        checkAddress(sender, link, header);
      }
    }
    if (answers && link.node != null) detector.onPong(link.node);
    if (sender == null) return;
    sender.heardInFullAtMs = cluster.nowMs();
    learn(frame, sender);
    if (answers && !gossip.doubtsMe()) lease.prove(sender, askedAtMs);
  }

  private void answer(Link link, BusFrame frame, @Nullable Node sender) {
    boolean meet = frame.type() == MessageType.MEET;
    if (meet || !cluster.self.address.known()) discoverMyself(link);
    if (meet && sender == null) welcome(link, frame);
    if (isBrief(frame)) outbox.briefPong(link);
    else outbox.pong(link);
    if (sender != null && !sender.suspected() && !sender.failed()) {
      sender.assuredAtMs = cluster.nowMs();
    }
  }

  /** Who tells hardly anything of others wants to know only whether I am there. */
  private boolean isBrief(BusFrame frame) {
    return frame.type() == MessageType.PING
        && cluster.nodes.size() >= Heartbeat.BIG
        && frame.gossipCount() <= Gossip.FEWEST;
  }

  /** The address others reach me at is the one this connection ended at. */
  private void discoverMyself(Link link) {
    Node self = cluster.self;
    if (!cluster.config.announce().ip().isEmpty() || link.localIp.isEmpty()) return;
    if (self.address.ip().equals(link.localIp)) return;
    self.address = self.address.withIp(link.localIp);
    cluster.notice("my address is " + link.localIp);
    cluster.save();
  }

  private void welcome(Link link, BusFrame frame) {
    FrameHeader header = frame.header();
    if (link.node == null && !link.outbound) {
      boolean extensionsKnown = header.hasMessageFlags(MessageFlags.EXTENSION_DATA);
      int flags = extensionsKnown ? NodeFlags.EXTENSIONS_SUPPORTED : 0;
      Node node = cluster.newHandshake(addressOf(link, header), flags);
      cluster.tie(link, node);
      if (node.address.known()) cluster.connect(node);
      cluster.notice("handshake with " + node.address + " after its MEET");
      cluster.save();
    }
    gossip.read(frame, link.node);
  }

  private Address addressOf(Link link, FrameHeader header) {
    String announced = header.announcedAddress();
    return Address.ofBus(
        announced.isEmpty() ? link.remoteIp : announced,
        header.port(),
        header.secondaryPort(),
        header.busPort(),
        cluster.config.tls());
  }

  /**
   * Whether the node at the end of an outbound link is the one it was opened for. If not, the frame
   * is not to be read any further.
   */
  private boolean checkName(Link link, FrameHeader header, @Nullable Node sender) {
    Node node = link.node;
    if (node == null) return true;
    if (node.inHandshake()) {
      if (sender != null) {
        // Already known by another way, perhaps at an older address.
        checkAddress(sender, link, header);
        cluster.remove(node);
        return false;
      }
      cluster.rename(node, header.sender());
      node.set(NodeFlags.HANDSHAKE, false);
      cluster.welcome(node);
      node.flags |= header.nodeFlags() & ROLES;
      cluster.notice("handshake with " + node + " done");
      cluster.save();
      cluster.judge();
      // This frame came from a stranger: what its header claims is only believed of the next one,
      // and in a big cluster others hear of it so often that there would be no reason to ask.
      outbox.ping(link);
      return true;
    }
    if (header.isFrom(node.id)) return true;
    cluster.note(Effect.Level.WARNING, node + " is not at " + node.address + " any more");
    node.set(NodeFlags.NOADDR, true);
    node.address = Address.UNKNOWN;
    cluster.close(link);
    cluster.save();
    return false;
  }

  private void checkAddress(Node sender, Link link, FrameHeader header) {
    if (link == sender.outbound) return;
    Address address = addressOf(link, header);
    if (!address.known() || address.equals(sender.address)) return;
    cluster.notice(sender + " moved to " + address);
    sender.address = address;
    sender.set(NodeFlags.NOADDR, false);
    cluster.close(sender.outbound);
    if (cluster.self.primary == sender) roles.keepFollowing();
    cluster.save();
  }

  private void learn(BusFrame frame, Node sender) {
    FrameHeader header = frame.header();
    boolean wasReplica = sender.isReplica();
    if (header.hasPrimary()) {
      Node primary = cluster.nodes.find(requireNonNull(header.primary()));
      roles.onClaimsReplica(sender, primary, header.configEpoch());
    } else {
      roles.markPrimary(sender);
      boolean news = !header.claimsExactly(sender.slots) || cluster.slots.anyNotClaimed(sender);
      if (wasReplica || news) {
        header.slotsTo(claimed);
        claims.apply(sender, header.configEpoch(), claimed);
        claims.correct(sender, header.configEpoch(), claimed);
      }
      epochs.resolveCollision(sender, header.configEpoch());
    }
    gossip.read(frame, sender);
    extensions.read(frame, sender);
  }
}
