package io.hashslot.bus.sim;

import io.hashslot.bus.core.Answer;
import io.hashslot.bus.core.ClusterConfig;
import io.hashslot.bus.core.ClusterCore;
import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.bus.core.Effect;
import io.hashslot.bus.core.Effects;
import io.hashslot.bus.core.Moment;
import io.hashslot.sim.SimNetwork;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One life of a core: hands it events and performs its effects in order, as the bus thread of a
 * server does. When the process dies, its driver is thrown away.
 */
final class SimDriver implements SimNetwork.Listener {
  private interface Event {
    void happen(Moment at, Effects out);
  }

  private static final long LAST_WRITE_US = 3_000;

  /** What lasts longer does not end. */
  private static final long LONGEST_LEASE_MS = 3_600_000;

  private final SimNode node;
  private final SimCluster cluster;
  private final ClusterCore core;
  private final int life;
  private final Map<Integer, SimNetwork.End> ends = new HashMap<>();
  private final Deque<Event> held = new ArrayDeque<>();
  private final Map<Long, Answer> answers = new HashMap<>();

  /** Messages delivered to local subscribers, as {@code channel:message}. */
  private final List<String> delivered = new ArrayList<>();

  private long framesSent;
  private long bytesSent;
  private long framesReceived;
  private long bytesReceived;
  private long tokens;
  private long leaseTimerMs = Long.MAX_VALUE;
  private EffectFilter filter = effect -> effect;

  /** How many effects are still performed before the machine dies in the middle; -1 = no plan. */
  private int effectsUntilCrash = -1;

  SimDriver(SimNode node, SimCluster cluster, ClusterCore core, int life) {
    this.node = node;
    this.cluster = cluster;
    this.core = core;
    this.life = life;
  }

  void start() {
    run(core::onStart);
  }

  ClusterCore core() {
    return core;
  }

  List<String> delivered() {
    return delivered;
  }

  Traffic traffic() {
    return new Traffic(framesSent, bytesSent, framesReceived, bytesReceived);
  }

  void filter(EffectFilter filter) {
    this.filter = filter;
  }

  void crashAfterEffects(int count) {
    effectsUntilCrash = count;
  }

  void configure(ClusterConfig config) {
    run((at, out) -> core.onConfig(config, at, out));
  }

  Answer request(ClusterRequest request) {
    long token = ++tokens;
    run((at, out) -> core.onRequest(token, request, at, out));
    Answer answer = answers.remove(token);
    if (answer != null) return answer;
    if (node.lives(life)) throw new IllegalStateException("no answer to " + request);
    return Answer.error("connection reset");
  }

  void broadcast(ClusterRequest.Broadcast request) {
    run((at, out) -> core.onRequest(0, request, at, out));
  }

  void tick(int itsLife) {
    if (!node.lives(itsLife)) return;
    if (!node.suspended()) run(core::onTick);
    cluster.queue().after(ClusterCore.TICK_MS * 1000, () -> tick(itsLife));
  }

  void offsetMoved() {
    if (core.watchesOffset()) run(core::onOffset);
  }

  /** The process was suspended: what came meanwhile is handled now. */
  void catchUp() {
    while (!held.isEmpty() && node.lives(life) && !node.suspended()) run(held.remove());
  }

  private void run(Event event) {
    if (!node.lives(life)) return;
    if (node.suspended()) {
      held.add(event);
      return;
    }
    var out = new Effects();
    event.happen(node.moment(), out);
    for (Effect effect : out.list()) {
      if (effectsUntilCrash == 0) node.crash(false);
      if (effectsUntilCrash > 0) effectsUntilCrash--;
      if (!node.lives(life)) return;
      Effect broken = filter.apply(effect);
      if (broken != null) perform(broken);
    }
    watchLease();
    cluster.afterEvent(node);
  }

  /** As the bus of a server does, by the clock of this machine. */
  private void watchLease() {
    long untilMs = core.servesUntilMs();
    if (untilMs >= leaseTimerMs) return;
    if (untilMs - node.monotonicUs() / 1000 > LONGEST_LEASE_MS) return;
    long leftUs = untilMs * 1000 - node.monotonicUs();
    leaseTimerMs = untilMs;
    cluster.queue().after(node.realUs(Math.max(0, leftUs)), () -> lookAtLease(untilMs));
  }

  private void lookAtLease(long timerMs) {
    if (timerMs != leaseTimerMs || !node.lives(life)) return;
    leaseTimerMs = Long.MAX_VALUE;
    if (!node.suspended() && node.monotonicUs() / 1000 < core.servesUntilMs()) watchLease();
    else run(core::onLeaseEnd);
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.Persist persist -> node.persist(persist.state(), persist.sync());
      case Effect.Force _ -> node.force();
      case Effect.SaveConfig save -> {
        node.persist(save.state(), true);
        answers.put(save.token(), Answer.OK);
      }
      case Effect.Send send -> send(send.link(), send.frame());
      case Effect.Connect connect -> connect(connect);
      case Effect.CloseLink close -> {
        SimNetwork.End end = ends.remove(close.link());
        if (end != null) end.close();
      }
      case Effect.Publish publish -> cluster.onName(node, publish.view().self().id());
      case Effect.Promote _ -> {
        node.replication().unfollow();
        node.tell("IS PRIMARY, epoch " + core.view().self().configEpoch());
        cluster.onPromoted(node);
      }
      case Effect.Demote _ -> node.tell("is primary no more");
      case Effect.Follow follow ->
          node.replication().follow(follow.primary(), follow.partialAllowed());
      case Effect.Unfollow _ -> node.replication().unfollow();
      case Effect.FlushData _ -> node.replication().flush();
      case Effect.DeleteSlotKeys _, Effect.DropShardChannels _ -> {}
      case Effect.Deliver deliver -> delivered.add(text(deliver.channel(), deliver.message()));
      case Effect.Reply reply -> answers.put(reply.token(), reply.answer());
      case Effect.PauseWrites(_, long number) -> {
        node.replication().pauseWrites(true);
        cluster.queue().after(LAST_WRITE_US, () -> standsStill(number));
      }
      case Effect.ResumeWrites _ -> node.replication().pauseWrites(false);
      case Effect.Fence(long forMs) -> {
        node.replication().fence(forMs);
        cluster.queue().after(0, () -> run(core::onFenced));
      }
      case Effect.AcceptHistory _ -> node.replication().acceptHistory();
      case Effect.Note note -> {
        if (note.level() != Effect.Level.DEBUG) node.tell(note.text());
      }
    }
  }

  /** A write was under way when the others were held back. */
  private void standsStill(long pause) {
    if (!node.lives(life)) return;
    node.replication().lastWrite();
    run((at, out) -> core.onStandstill(pause, at, out));
  }

  private static String text(byte[] channel, byte[] message) {
    return new String(channel, StandardCharsets.UTF_8)
        + ":"
        + new String(message, StandardCharsets.UTF_8);
  }

  private void send(int link, DirectBuffer frame) {
    framesSent++;
    bytesSent += frame.capacity();
    SimNetwork.End end = ends.get(link);
    cluster.onSend(node, end == null ? null : end.remoteName(), frame);
    if (end != null) end.send(bytes(frame));
  }

  /** The frame is nobody's to change any more: mostly no copy is needed. */
  static byte[] bytes(DirectBuffer frame) {
    byte[] array = frame.byteArray();
    if (array != null && array.length == frame.capacity()) return array;
    byte[] copy = new byte[frame.capacity()];
    frame.getBytes(0, copy);
    return copy;
  }

  private void connect(Effect.Connect connect) {
    int link = connect.link();
    String address = connect.ip() + ":" + connect.busPort();
    ends.put(link, cluster.network().connect(node.host(), address, receiver(link)));
  }

  @Override
  public SimNetwork.Receiver onAccept(SimNetwork.End end) {
    int link = core.accept(end.localHost(), end.remoteHost(), node.moment());
    ends.put(link, end);
    return receiver(link);
  }

  private SimNetwork.Receiver receiver(int link) {
    return new SimNetwork.Receiver() {
      @Override
      public void onUp() {
        run((at, out) -> core.onLinkUp(link, node.host(), at, out));
      }

      @Override
      public void onMessage(byte[] message) {
        if (!node.lives(life)) return;
        framesReceived++;
        bytesReceived += message.length;
        cluster.transcript().witness(message);
        var buffer = new UnsafeBuffer(message);
        cluster.onArrival(node, buffer);
        run((at, out) -> core.onFrame(link, buffer, 0, message.length, at, out));
      }

      @Override
      public void onClosed() {
        if (!node.lives(life)) return;
        ends.remove(link);
        run((at, out) -> core.onLinkDown(link, at, out));
      }
    };
  }
}
