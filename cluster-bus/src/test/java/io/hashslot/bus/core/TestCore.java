package io.hashslot.bus.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.core.DurableState.NodeRecord;
import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.FrameEncoder;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** One core, all of whose outbound links are up, and hand-made frames from its peers. */
final class TestCore {
  final Effects out = new Effects();
  final ClusterCore core;
  long nowMs = 1_000_000;

  /** My links to others. */
  final Map<NodeId, Integer> links = new HashMap<>();

  TestCore(long currentEpoch, long lastVoteEpoch, NodeRecord... nodes) {
    core =
        ClusterCore.create(
            ClusterConfig.defaults(7000),
            new SplittableRandom(1),
            new DurableState(currentEpoch, lastVoteEpoch, List.of(nodes)),
            at());
    core.onStart(at(), out);
    core.onTick(at(), out);
    linksUp();
    out.clear();
  }

  /** The links that the last event wanted are up. */
  void linksUp() {
    for (Effect effect : List.copyOf(out.list())) {
      if (effect instanceof Effect.Connect connect) {
        core.onLinkUp(connect.link(), "127.0.0.1", at(), out);
        links.put(connect.node(), connect.link());
      }
    }
  }

  /** The defaults but for these. */
  static ClusterConfig config(int barrier, int blacklistTtlS, long manualFailoverTimeoutMs) {
    ClusterConfig usual = ClusterConfig.defaults(7000);
    return new ClusterConfig(
        usual.nodeTimeoutMs(),
        usual.replicaValidityFactor(),
        usual.replicaNoFailover(),
        barrier,
        usual.allowReplicaMigration(),
        usual.requireFullCoverage(),
        usual.pingIntervalMs(),
        usual.replPingReplicaPeriodS(),
        blacklistTtlS,
        usual.tls(),
        usual.announce(),
        manualFailoverTimeoutMs);
  }

  /** A name of forty times the same letter. */
  static NodeId id(char letter) {
    return new NodeId(String.valueOf(letter).repeat(NodeId.LENGTH));
  }

  /** A node at an address; primaries have a shard of their own, replicas that of their primary. */
  static NodeRecord node(
      NodeId id, int flags, @Nullable NodeId primary, SlotSet slots, long epoch) {
    NodeId shard = new NodeId((primary == null ? id : primary).text().replace('a', '0'));
    return new NodeRecord(
        id,
        "127.0.0.1",
        1,
        0,
        2,
        "",
        "",
        "",
        "",
        shard,
        flags,
        primary,
        0,
        0,
        epoch,
        false,
        slots,
        Map.of(),
        Map.of());
  }

  Moment at() {
    return new Moment(nowMs, 1_795_000_000_000L + nowMs, HostFacts.NONE);
  }

  /** What makes a frame different from the usual one. */
  interface Touch {
    FrameEncoder apply(FrameEncoder frame);
  }

  /** A frame of this sender arrives; {@link #out} then holds the effects of it alone. */
  void receive(MessageType type, NodeId sender, @Nullable NodeId itsPrimary, Touch touch) {
    int link = core.accept("127.0.0.1", "127.0.0.1", at());
    receive(link, type, sender, itsPrimary, touch);
  }

  /** The same by a connection that stands already. */
  void receive(
      int link, MessageType type, NodeId sender, @Nullable NodeId itsPrimary, Touch touch) {
    out.clear();
    var buffer = new ExpandableArrayBuffer();
    int role = itsPrimary == null ? NodeFlags.PRIMARY : NodeFlags.REPLICA;
    FrameEncoder frame =
        new FrameEncoder()
            .begin(buffer, 0, type)
            .sender(sender)
            .primary(itsPrimary)
            .port(1)
            .busPort(2)
            .nodeFlags(role | NodeFlags.MYSELF);
    int length = touch.apply(frame).finish();
    core.onFrame(link, buffer, 0, length, at(), out);
  }

  /** A primary answers a ping of mine. */
  void answer(NodeId sender) {
    answer(sender, sender, frame -> frame);
  }

  /** A primary answers a ping of mine, not as usual. */
  void answer(NodeId sender, Touch touch) {
    answer(sender, sender, touch);
  }

  /** A primary answers a ping that I sent to the address of a node. */
  void answer(NodeId asked, NodeId sender, Touch touch) {
    out.clear();
    var buffer = new ExpandableArrayBuffer();
    FrameEncoder frame =
        new FrameEncoder()
            .begin(buffer, 0, MessageType.PONG)
            .sender(sender)
            .port(1)
            .busPort(2)
            .nodeFlags(NodeFlags.PRIMARY | NodeFlags.MYSELF);
    core.onFrame(links.get(asked), buffer, 0, touch.apply(frame).finish(), at(), out);
  }

  /** A light frame of a primary arrives on the link that was opened to the node that was asked. */
  void light(NodeId asked, LeaseTalk talk) {
    light(links.get(asked), talk);
  }

  /** A light frame arrives. */
  void light(int link, LeaseTalk talk) {
    out.clear();
    var buffer = new ExpandableArrayBuffer();
    var payload = new UnsafeBuffer(talk.payload());
    int type = talk.kind().type();
    int length = new FrameEncoder().lightModule(buffer, 0, Consents.MODULE_ID, type, payload);
    core.onFrame(link, buffer, 0, length, at(), out);
  }

  /** What the last event said in a light frame; null if nothing. */
  @Nullable LeaseTalk said() {
    BusFrame frame = sent(MessageType.MODULE);
    return frame == null ? null : LeaseTalk.read(frame.module());
  }

  /** A tick; {@link #out} then holds the effects of it alone. */
  void tick(long afterMs) {
    nowMs += afterMs;
    out.clear();
    core.onTick(at(), out);
  }

  /** What a client's request is answered; {@link #out} then holds the effects of it alone. */
  Answer ask(ClusterRequest request) {
    out.clear();
    core.onRequest(7, request, at(), out);
    Effect.Reply reply = effect(Effect.Reply.class);
    assertThat(reply).as("an answer to %s", request).isNotNull();
    return reply.answer();
  }

  /** The settings are these from now on. */
  void configure(ClusterConfig config) {
    out.clear();
    core.onConfig(config, at(), out);
  }

  /** How many frames of this type the last event sent. */
  int countSent(MessageType type) {
    int count = 0;
    for (Effect effect : out.list()) {
      if (!(effect instanceof Effect.Send send)) continue;
      var frame = new BusFrame();
      assertThat(frame.wrap(send.frame(), 0, send.frame().capacity())).isNull();
      if (frame.type() == type) count++;
    }
    return count;
  }

  /** A primary tells what it owns. */
  void claim(NodeId sender, long epoch, SlotSet slots) {
    receive(
        MessageType.PONG,
        sender,
        null,
        frame -> frame.currentEpoch(epoch).configEpoch(epoch).slots(slots));
  }

  /** The first frame of this type that the last event sent; null if there is none. */
  @Nullable BusFrame sent(MessageType type) {
    for (Effect effect : out.list()) {
      if (!(effect instanceof Effect.Send send)) continue;
      var frame = new BusFrame();
      assertThat(frame.wrap(send.frame(), 0, send.frame().capacity())).isNull();
      if (frame.type() == type) return frame;
    }
    return null;
  }

  /** The first effect of this kind of the last event; null if there is none. */
  <T extends Effect> @Nullable T effect(Class<T> kind) {
    for (Effect effect : out.list()) {
      if (kind.isInstance(effect)) return kind.cast(effect);
    }
    return null;
  }

  /** Where an effect of this kind stands among those of the last event, -1 if nowhere. */
  int position(Class<? extends Effect> kind) {
    for (int i = 0; i < out.list().size(); i++) {
      if (kind.isInstance(out.list().get(i))) return i;
    }
    return -1;
  }

  @Nullable NodeId owner(int slot) {
    NodeView owner = core.view().owner(slot);
    return owner == null ? null : owner.id();
  }
}
