package io.hashslot.bus.link;

import io.hashslot.bus.core.Answer;
import io.hashslot.bus.core.ClusterConfig;
import io.hashslot.bus.core.ClusterCore;
import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.bus.core.DurableState;
import io.hashslot.bus.core.Effect;
import io.hashslot.bus.core.Effects;
import io.hashslot.bus.core.Moment;
import io.hashslot.bus.file.NodesFile;
import io.hashslot.slot.SlotSet;
import io.hashslot.time.Clock;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bus of one node: the thread that owns the core, its sockets, its timers and nodes.conf.
 *
 * <p>Everything that happens to the node - a frame, a connection made or lost, a tick, a client's
 * request - becomes one event on this thread: the core is asked, then the effects it wants are
 * performed in order, then the links are flushed. Events never nest; what is caused while effects
 * are performed, such as a connection that fails at once, is taken up afterwards. Writing
 * nodes.conf blocks the thread, as it must: no frame may leave before the state it speaks of is on
 * the disk.
 *
 * <p>The methods may be called on any thread; callbacks come on the bus thread.
 */
public final class ClusterBus implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterBus.class);

  /** A cooperative failover waits for the offset of the old primary: looked for so often. */
  private static final long OFFSET_POLL_MS = 1;

  private static final int MIN_CONNECT_TIMEOUT_MS = 1000;

  /** What lasts longer than any node timeout does not end. */
  private static final long LONGEST_LEASE_MS = TimeUnit.DAYS.toMillis(365);

  private final ClusterCore core;
  private final BusHost host;
  private final Clock clock;
  private final EventLoopGroup group;
  private final EventLoop loop;
  private final Links links;
  private final EffectPerformer performer;
  private final Effects effects = new Effects();
  private final AtomicLong linksClosedForSendBuffer = new AtomicLong();

  /** Events to be taken up when the current one is done, or when the host moves again. */
  private final ArrayDeque<Event> held = new ArrayDeque<>();

  private ClusterConfig config;
  private long sendBufferLimitBytes;
  private long nextToken;
  private boolean busy;
  private boolean stopped;
  private boolean pollingOffset;
  private long polledOffset;

  /** When a timer looks whether this node may still serve. */
  private long leaseTimerMs = Long.MAX_VALUE;

  private volatile long linkQueueBytes;
  private long silentSinceMs;

  /** Something that happens to the core. */
  @FunctionalInterface
  private interface Event {
    void happen(Moment at, Effects out);
  }

  private ClusterBus(
      ClusterCore core,
      ClusterConfig config,
      StateStore store,
      BusOptions options,
      BusHost host,
      Clock clock) {
    this.core = core;
    this.config = config;
    this.host = host;
    this.clock = clock;
    BusTransport transport = BusTransport.best();
    group =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("cluster-bus"), transport.handlers());
    loop = group.next();
    links = new Links(loop, transport, options, new LinkEvents());
    performer = new EffectPerformer(new Network(), store, host);
  }

  /**
   * Opens a bus: its port is taken, but nobody is let in and nothing happens before {@link #begin}.
   *
   * @param core not to be used by anybody else from now on
   * @param config what the core was made with
   * @param file open nodes.conf; closed by {@link #close}'s caller, not here
   * @param options the network
   * @param host the server
   * @throws IOException if the bus port cannot be bound
   */
  public static ClusterBus open(
      ClusterCore core,
      ClusterConfig config,
      NodesFile file,
      BusOptions options,
      BusHost host,
      Clock clock)
      throws IOException {
    ClusterBus bus = new ClusterBus(core, config, new StateFile(file), options, host, clock);
    try {
      bus.links.listen();
    } catch (IOException e) {
      bus.close();
      throw e;
    }
    return bus;
  }

  /** Takes the core through its first event, lets peers in and begins to tick. Once. */
  public void begin() {
    loop.execute(this::beginNow);
  }

  private void beginNow() {
    handle(core::onStart);
    links.setAccepting(host.acceptsPeers());
    ScheduledFuture<?> _ =
        loop.scheduleWithFixedDelay(
            () -> guarded(this::tick),
            ClusterCore.TICK_MS,
            ClusterCore.TICK_MS,
            TimeUnit.MILLISECONDS);
  }

  /** The port the bus listens on. */
  public int port() {
    return links.port();
  }

  /**
   * Puts a client's request to the core.
   *
   * @param receiver told the answer, on the bus thread. Not called if the bus is closed before
   */
  public void request(ClusterRequest request, Consumer<Answer> receiver) {
    post(
        () -> {
          long token = nextToken++;
          performer.expectAnswer(token, receiver);
          handle((at, out) -> core.onRequest(token, request, at, out));
        });
  }

  /** Tells the other nodes of a message published here; sharded: only those of the own shard. */
  public void broadcast(byte[] channel, byte[] message, boolean sharded) {
    request(new ClusterRequest.Broadcast(channel, message, sharded), _ -> {});
  }

  /**
   * Changes settings.
   *
   * @param sendBufferLimit {@code cluster-link-sendbuf-limit} in bytes, 0 = none
   */
  public void configure(ClusterConfig newConfig, long sendBufferLimit) {
    post(
        () -> {
          config = newConfig;
          sendBufferLimitBytes = sendBufferLimit;
          handle((at, out) -> core.onConfig(newConfig, at, out));
        });
  }

  /** The data set has been loaded; see {@link ClusterCore#onDataLoaded}. */
  public void dataLoaded(SlotSet slotsWithKeys) {
    post(() -> handle((at, out) -> core.onDataLoaded(slotsWithKeys, at, out)));
  }

  /** Asks how full the links are; answered on the bus thread. */
  public void gauges(Consumer<List<LinkGauge>> receiver) {
    post(() -> receiver.accept(links.gauges()));
  }

  /** How many links were closed because their send queue had grown beyond the limit. */
  public long linksClosedForSendBuffer() {
    return linksClosedForSendBuffer.get();
  }

  /** Bytes queued on all links at the last tick. */
  public long linkQueueBytes() {
    return linkQueueBytes;
  }

  /**
   * Closes all connections and ends the thread; returns when it has ended. Not for the thread
   * itself.
   */
  @Override
  public void close() {
    post(this::end);
    group
        .shutdownGracefully(0, 1, TimeUnit.SECONDS)
        .awaitUninterruptibly(TimeUnit.SECONDS.toMillis(5));
  }

  private void end() {
    if (!stopped) {
      handleNow(core::onEnd);
    }
    stop();
  }

  private void stop() {
    stopped = true;
    links.closeAll();
  }

  private void post(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("The cluster bus has been closed", e);
    }
  }

  /** Takes up one event, unless another one is being handled or the bus is silent: then later. */
  private void handle(Event event) {
    if (stopped) {
      return;
    }
    held.add(event);
    if (busy || links.isSilent()) {
      return;
    }
    busy = true;
    try {
      for (Event next; (next = held.poll()) != null && !stopped; ) {
        handleNow(next);
      }
    } finally {
      busy = false;
    }
    links.flush();
    watchOffset();
    watchLease();
  }

  private void handleNow(Event event) {
    try {
      event.happen(moment(), effects);
    } catch (RuntimeException e) {
      // Half an event's effects are no decision of the core: none of them.
      effects.clear();
      LOG.error("The cluster core failed", e);
    }
    performer.perform(effects);
    if (performer.hasFailed()) {
      stop();
    }
  }

  private Moment moment() {
    return new Moment(clock.monotonicNs() / 1_000_000, clock.wallMs(), host.facts());
  }

  /** A timer that throws would never fire again, and a node without ticks is a dead one. */
  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("A timer of the cluster bus failed", e);
    }
  }

  private void tick() {
    if (stopped) {
      return;
    }
    boolean hanging = host.stalledForMs() > config.nodeTimeoutMs() / 2;
    if (hanging != links.isSilent()) {
      changeSilence(hanging);
    }
    if (hanging) {
      if (clock.monotonicNs() / 1_000_000 - silentSinceMs >= config.nodeTimeoutMs()) {
        handleNow(core::onSilence);
      }
      return;
    }
    links.setAccepting(host.acceptsPeers());
    if (sendBufferLimitBytes > 0) {
      linksClosedForSendBuffer.addAndGet(links.closeAbove(sendBufferLimitBytes));
    }
    handle(core::onTick);
    linkQueueBytes = links.queuedBytes();
  }

  private void changeSilence(boolean hanging) {
    if (hanging) {
      LOG.warn("The server hangs: the cluster bus falls silent until it moves again");
      links.setAccepting(false);
      silentSinceMs = clock.monotonicNs() / 1_000_000;
    } else {
      LOG.warn("The server moves again: the cluster bus goes on");
    }
    links.setSilent(hanging);
  }

  /** A cooperative failover goes on as soon as the offset has arrived, not at the next tick. */
  private void watchOffset() {
    if (!pollingOffset && !stopped && core.watchesOffset()) {
      pollingOffset = true;
      schedulePoll();
      polledOffset = host.facts().replicationOffset();
      handle(core::onOffset);
    }
  }

  /** A primary stops to serve at the very moment at which it must, not at the next tick. */
  private void watchLease() {
    long untilMs = core.servesUntilMs();
    if (stopped || untilMs >= leaseTimerMs) {
      return;
    }
    long nowNs = clock.monotonicNs();
    long leftMs = untilMs - nowNs / 1_000_000;
    if (leftMs > LONGEST_LEASE_MS) {
      return;
    }
    leaseTimerMs = untilMs;
    long leftNs = Math.max(0, untilMs * 1_000_000 - nowNs);
    ScheduledFuture<?> _ =
        loop.schedule(() -> guarded(() -> lookAtLease(untilMs)), leftNs, TimeUnit.NANOSECONDS);
  }

  /** It may have been prolonged meanwhile, or another timer been set. */
  private void lookAtLease(long timerMs) {
    if (timerMs != leaseTimerMs) {
      return;
    }
    leaseTimerMs = Long.MAX_VALUE;
    if (clock.monotonicNs() / 1_000_000 < core.servesUntilMs()) {
      watchLease();
    } else {
      handle(core::onLeaseEnd);
    }
  }

  private void schedulePoll() {
    ScheduledFuture<?> _ =
        loop.schedule(() -> guarded(this::pollOffset), OFFSET_POLL_MS, TimeUnit.MILLISECONDS);
  }

  private void pollOffset() {
    if (stopped || !core.watchesOffset()) {
      pollingOffset = false;
      return;
    }
    schedulePoll();
    long offset = host.facts().replicationOffset();
    if (offset != polledOffset) {
      polledOffset = offset;
      handle(core::onOffset);
    }
  }

  private final class LinkEvents implements Links.Listener {
    @Override
    public int accepted(String localIp, String remoteIp) {
      return core.accept(localIp, remoteIp, moment());
    }

    @Override
    public void up(int link, String localIp) {
      handle((at, out) -> core.onLinkUp(link, localIp, at, out));
    }

    @Override
    public void down(int link) {
      handle((at, out) -> core.onLinkDown(link, at, out));
    }

    @Override
    public void frame(int link, DirectBuffer buffer, int length) {
      handle((at, out) -> core.onFrame(link, buffer, 0, length, at, out));
    }
  }

  private record StateFile(NodesFile file) implements StateStore {
    @Override
    public void save(DurableState state, boolean sync) throws IOException {
      file.save(state, sync);
    }

    @Override
    public void force() throws IOException {
      file.force();
    }
  }

  private final class Network implements EffectPerformer.Network {
    @Override
    public void send(int link, DirectBuffer frame) {
      links.send(link, frame);
    }

    @Override
    public void connect(Effect.Connect connect) {
      links.connect(connect, Math.clamp(config.nodeTimeoutMs(), MIN_CONNECT_TIMEOUT_MS, 60_000));
    }

    @Override
    public void close(int link) {
      links.close(link);
    }

    @Override
    public void fenced() {
      handle(core::onFenced);
    }

    @Override
    public void standsStill(long pause) {
      post(() -> handle((at, out) -> core.onStandstill(pause, at, out)));
    }
  }
}
