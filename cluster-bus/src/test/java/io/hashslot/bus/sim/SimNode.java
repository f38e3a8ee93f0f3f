package io.hashslot.bus.sim;

import io.hashslot.bus.core.Answer;
import io.hashslot.bus.core.ClusterConfig;
import io.hashslot.bus.core.ClusterCore;
import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.bus.core.ClusterView;
import io.hashslot.bus.core.DurableState;
import io.hashslot.bus.core.Effect;
import io.hashslot.bus.core.Effects;
import io.hashslot.bus.core.HostFacts;
import io.hashslot.bus.core.Moment;
import io.hashslot.bus.file.CorruptNodesFileException;
import io.hashslot.bus.file.NodesText;
import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.sim.SimDisk;
import io.hashslot.sim.SimNetwork;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A machine with a core on it: drives the core as the bus thread would, performs its effects in
 * order, and keeps of replication only what the core can notice, the offset and the link.
 */
final class SimNode implements SimNetwork.Listener {
  /** The wall clocks show the autumn of 2026. */
  private static final long EPOCH_MS = 1_795_000_000_000L;

  private static final long REPLICATION_LINK_TIMEOUT_US = 1_000_000;
  private static final int BUS_PORT = 16_379;

  final String name;
  String host;
  private final SimCluster cluster;
  private final SplittableGenerator random;
  private final SimDisk<DurableState> disk = new SimDisk<>();
  private final Map<Integer, SimNetwork.End> ends = new HashMap<>();
  private final Deque<Runnable> held = new ArrayDeque<>();
  private final Map<Long, Answer> answers = new HashMap<>();
  private ClusterConfig config;
  private @Nullable ClusterCore core;
  private @Nullable NodeId following;
  private int life;
  private boolean paused;
  private long tokens;
  private long offset;
  private long lastSyncUs = Long.MIN_VALUE / 4;
  private boolean writesPaused;
  private long wallSkewMs;

  /** How many effects are still performed before the machine dies in the middle; -1 = no plan. */
  private int effectsUntilCrash = -1;

  /** For checking the checks: what a broken driver would do to an effect. */
  private EffectFilter filter = effect -> effect;

  /** Messages delivered to local subscribers, as {@code channel:message}. */
  final List<String> delivered = new ArrayList<>();

  /** What a broken driver makes of an effect; null = it forgets about it. */
  interface EffectFilter {
    @Nullable Effect apply(Effect effect);
  }

  SimNode(SimCluster cluster, String name, int number, SplittableGenerator random) {
    this.cluster = cluster;
    this.name = name;
    this.host = "10.0.0." + number;
    this.random = random;
    this.config =
        ClusterConfig.defaults(BUS_PORT - 10_000).withNodeTimeoutMs(SimCluster.NODE_TIMEOUT_MS);
  }

  // --- life

  void start() {
    life++;
    core = ClusterCore.create(config, random.split(), remembered(), moment());
    lastSyncUs = Long.MIN_VALUE / 4;
    cluster.network.listen(host + ":" + BUS_PORT, this);
    cluster.transcript.tell(name, "starts as " + id().brief());
    int thisLife = life;
    run(core::onStart);
    cluster.queue.after(random.nextInt(100_000), () -> tick(thisLife));
    cluster.queue.after(0, () -> replicate(thisLife));
    cluster.queue.after(random.nextInt(2_000_000), () -> flushNowAndThen(thisLife));
  }

  /** What is on the disk, by way of the very text that a server would write and read. */
  private @Nullable DurableState remembered() {
    DurableState state = disk.read();
    if (state == null) return null;
    try {
      return NodesText.parse(NodesText.format(state), false);
    } catch (CorruptNodesFileException corrupt) {
      throw new AssertionError(name + " cannot read what it wrote", corrupt);
    }
  }

  void crash(boolean noticed) {
    if (core == null) return;
    cluster.transcript.tell(name, noticed ? "crashes" : "loses power");
    life++;
    core = null;
    paused = false;
    held.clear();
    ends.clear();
    writesPaused = false;
    effectsUntilCrash = -1;
    disk.crash(random);
    cluster.network.crash(host, noticed);
  }

  /** The machine, which is down, comes back under another address. */
  void moveTo(String newHost) {
    host = newHost;
  }

  /** The machine will lose power after so many more effects, maybe in the middle of an event. */
  void crashAfterEffects(int count) {
    if (core != null) effectsUntilCrash = count;
  }

  void pause() {
    if (core == null || paused) return;
    cluster.transcript.tell(name, "is suspended");
    paused = true;
  }

  void resume() {
    if (!paused) return;
    cluster.transcript.tell(name, "runs again");
    paused = false;
    while (!held.isEmpty() && core != null && !paused) held.remove().run();
  }

  boolean suspended() {
    return paused;
  }

  boolean running() {
    return core != null;
  }

  void skewWallClock(long ms) {
    wallSkewMs += ms;
    cluster.transcript.tell(name, "wall clock jumps by " + ms + " ms");
  }

  void configure(ClusterConfig config) {
    this.config = config;
    ClusterCore running = core;
    if (running != null) run((at, out) -> running.onConfig(config, at, out));
  }

  ClusterConfig config() {
    return config;
  }

  void breakDriver(EffectFilter filter) {
    this.filter = filter;
  }

  // --- looking inside

  ClusterCore core() {
    if (core == null) throw new AssertionError(name + " is not running");
    return core;
  }

  ClusterView view() {
    return core().view();
  }

  NodeId id() {
    return view().self().id();
  }

  boolean isPrimary() {
    return core != null && view().self().isPrimary();
  }

  long offset() {
    return offset;
  }

  boolean writesPaused() {
    return writesPaused;
  }

  @Nullable DurableState synced() {
    return disk.readSynced();
  }

  /** Whom the host was told to replicate from; null if nobody. */
  @Nullable NodeId following() {
    return following;
  }

  // --- clients

  /** Asks and gets the answer; an error if the machine dies over it. */
  Answer request(ClusterRequest request) {
    long token = ++tokens;
    run((at, out) -> core().onRequest(token, request, at, out));
    if (core == null) return Answer.error("connection reset");
    Answer answer = answers.remove(token);
    if (answer == null) throw new AssertionError("no answer to " + request);
    return answer;
  }

  void broadcast(String channel, String message, boolean sharded) {
    var request =
        new ClusterRequest.Broadcast(
            channel.getBytes(java.nio.charset.StandardCharsets.UTF_8),
            message.getBytes(java.nio.charset.StandardCharsets.UTF_8),
            sharded);
    run((at, out) -> core().onRequest(0, request, at, out));
  }

  /** A client writes so many bytes, unless nobody may. */
  void write(int bytes) {
    if (isPrimary() && !writesPaused && !paused) offset += bytes;
  }

  // --- the driver

  private interface Event {
    void happen(Moment at, Effects out);
  }

  private Moment moment() {
    boolean linkUp =
        following != null && cluster.queue.nowUs() - lastSyncUs < REPLICATION_LINK_TIMEOUT_US;
    long silence =
        lastSyncUs < 0 ? HostFacts.NEVER_SYNCED : (cluster.queue.nowUs() - lastSyncUs) / 1000;
    var facts = new HostFacts(offset, linkUp, silence, offset > 0 && following == null);
    long ms = cluster.queue.nowMs();
    return new Moment(ms, EPOCH_MS + ms + wallSkewMs, facts);
  }

  private void run(Event event) {
    if (core == null) return;
    if (paused) {
      int thisLife = life;
      held.add(
          () -> {
            if (thisLife == life) run(event);
          });
      return;
    }
    var out = new Effects();
    event.happen(moment(), out);
    int thisLife = life;
    for (Effect effect : out.list()) {
      if (effectsUntilCrash == 0) crash(false);
      if (effectsUntilCrash > 0) effectsUntilCrash--;
      if (thisLife != life) return;
      Effect broken = filter.apply(effect);
      if (broken != null) perform(broken);
    }
    cluster.check(this);
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.Persist persist -> {
        disk.write(persist.state());
        if (persist.sync()) disk.sync();
      }
      case Effect.SaveConfig save -> {
        disk.write(save.state());
        disk.sync();
        answers.put(save.token(), Answer.OK);
      }
      case Effect.Send send -> send(send);
      case Effect.Connect connect -> connect(connect);
      case Effect.CloseLink close -> {
        SimNetwork.End end = ends.remove(close.link());
        if (end != null) end.close();
      }
      case Effect.Publish _ -> {}
      case Effect.Promote _ -> {
        following = null;
        cluster.transcript.tell(name, "IS PRIMARY, epoch " + view().self().configEpoch());
        cluster.onPromoted(this);
      }
      case Effect.Demote _ -> cluster.transcript.tell(name, "is primary no more");
      case Effect.Follow follow -> {
        following = follow.primary();
        if (!follow.partialAllowed()) offset = 0;
      }
      case Effect.Unfollow _ -> following = null;
      case Effect.FlushData _ -> offset = 0;
      case Effect.DeleteSlotKeys _, Effect.DropShardChannels _ -> {}
      case Effect.Deliver deliver -> delivered.add(text(deliver.channel(), deliver.message()));
      case Effect.Reply reply -> answers.put(reply.token(), reply.answer());
      case Effect.PauseWrites _ -> writesPaused = true;
      case Effect.ResumeWrites _ -> writesPaused = false;
      case Effect.Note note -> {
        if (note.level() != Effect.Level.DEBUG) cluster.transcript.tell(name, note.text());
      }
    }
  }

  private static String text(byte[] channel, byte[] message) {
    var utf8 = java.nio.charset.StandardCharsets.UTF_8;
    return new String(channel, utf8) + ":" + new String(message, utf8);
  }

  private void send(Effect.Send send) {
    byte[] bytes = new byte[send.frame().capacity()];
    send.frame().getBytes(0, bytes);
    cluster.onSend(this, bytes);
    SimNetwork.End end = ends.get(send.link());
    if (end != null) end.send(bytes);
  }

  private void connect(Effect.Connect connect) {
    int link = connect.link();
    int thisLife = life;
    ends.put(
        link,
        cluster.network.connect(
            host, connect.ip() + ":" + connect.busPort(), receiver(link, thisLife)));
  }

  @Override
  public SimNetwork.Receiver onAccept(SimNetwork.End end) {
    int link = core().accept(host, end.remoteHost(), moment());
    ends.put(link, end);
    return receiver(link, life);
  }

  private SimNetwork.Receiver receiver(int link, int itsLife) {
    return new SimNetwork.Receiver() {
      @Override
      public void onUp() {
        if (itsLife == life) run((at, out) -> core().onLinkUp(link, host, at, out));
      }

      @Override
      public void onMessage(byte[] message) {
        if (itsLife != life) return;
        cluster.transcript.witness(message);
        var buffer = new UnsafeBuffer(message);
        run((at, out) -> core().onFrame(link, buffer, 0, message.length, at, out));
      }

      @Override
      public void onClosed() {
        if (itsLife != life) return;
        ends.remove(link);
        run((at, out) -> core().onLinkDown(link, at, out));
      }
    };
  }

  private void tick(int itsLife) {
    if (itsLife != life) return;
    if (!paused) run(core()::onTick);
    cluster.queue.after(ClusterCore.TICK_MS * 1000, () -> tick(itsLife));
  }

  /** What is written reaches the platter some time, synced or not. */
  private void flushNowAndThen(int itsLife) {
    if (itsLife != life) return;
    disk.sync();
    cluster.queue.after(2_000_000, () -> flushNowAndThen(itsLife));
  }

  private void replicate(int itsLife) {
    if (itsLife != life) return;
    cluster.queue.after(20_000, () -> replicate(itsLife));
    SimNode primary = following == null ? null : cluster.find(following);
    if (paused || primary == null || !primary.isPrimary() || primary.paused) return;
    if (cluster.network.isCut(host, primary.host) || cluster.network.isCut(primary.host, host)) {
      return;
    }
    offset = primary.offset;
    lastSyncUs = cluster.queue.nowUs();
    if (core().watchesOffset()) run(core()::onOffset);
  }

  /** One line of a picture of the whole cluster. */
  String picture() {
    if (core == null) return name + " down";
    ClusterView view = view();
    var self = view.self();
    NodeId primary = self.primary();
    return "%s %s %s e%d/%d %s%s [%s]%s"
        .formatted(
            name,
            self.id().brief(),
            self.isPrimary() ? "M" : "r",
            view.summary().myEpoch(),
            view.summary().currentEpoch(),
            view.health(),
            primary == null ? "" : " of " + cluster.nameOf(primary),
            self.slots(),
            paused ? " suspended" : "");
  }

  /** The type of a frame and its header, for invariants. */
  static BusFrame decode(byte[] bytes) {
    var frame = new BusFrame();
    var fault = frame.wrap(new UnsafeBuffer(bytes), 0, bytes.length);
    if (fault != null) throw new AssertionError("a core sent a bad frame: " + fault.reason());
    return frame;
  }
}
