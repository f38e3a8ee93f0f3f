package io.hashslot.cluster;

import io.hashslot.bus.core.Answer;
import io.hashslot.bus.core.ClusterConfig;
import io.hashslot.bus.core.ClusterCore;
import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.bus.core.ClusterView;
import io.hashslot.bus.core.HostFacts;
import io.hashslot.bus.core.Moment;
import io.hashslot.bus.file.CorruptNodesFileException;
import io.hashslot.bus.file.NodesFile;
import io.hashslot.bus.link.BusOptions;
import io.hashslot.bus.link.BusTls;
import io.hashslot.bus.link.ClusterBus;
import io.hashslot.bus.link.LinkGauge;
import io.hashslot.config.ClusterDirectives;
import io.hashslot.config.Config;
import io.hashslot.config.NetworkDirectives;
import io.hashslot.config.Settings;
import io.hashslot.config.TlsDirectives;
import io.hashslot.dispatch.NodeState;
import io.hashslot.dispatch.SlowLane;
import io.hashslot.keyspace.Keys;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.session.Loop;
import io.hashslot.slot.SlotSet;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * This server's part in a cluster: the core's state on disk, the bus, and what clients see of it.
 */
public final class Cluster implements AutoCloseable {
  private final Config config;
  private final Endpoints endpoints;
  private final SlotRouting routing;
  private final NodesFile file;
  private volatile @Nullable ClusterBus bus;
  private volatile @Nullable SlotChanges slotChanges;
  private volatile boolean begun;

  private Cluster(Config config, NodesFile file) {
    this.config = config;
    this.file = file;
    endpoints = new Endpoints(config);
    routing = new SlotRouting(config, endpoints);
    config.onChange(Cluster::keepBusPort, TlsDirectives.TLS_CLUSTER);
  }

  /** The others know the port of the bus, which follows from that of the clients. */
  private static @Nullable String keepBusPort(Settings old, Settings now) {
    return now.get(ClusterDirectives.CLUSTER_PORT) == 0
        ? "The port of the bus would move: cluster-port must be given for that."
        : null;
  }

  /**
   * Opens nodes.conf, so that nobody else uses it.
   *
   * @throws IOException if the file cannot be had, or there is no such port as the bus would need
   */
  public static Cluster open(Config config) throws IOException {
    ClusterSettings.checkBusPort(config);
    return new Cluster(
        config, NodesFile.open(config.resolve(config.get(ClusterDirectives.CLUSTER_CONFIG_FILE))));
  }

  /** The server around the cluster; see {@link ClusterHost.Parts}. */
  public record Surroundings(
      ReplicationSeat replication,
      Messages messages,
      NodeState state,
      Keyspace keyspace,
      SlowLane slowLane,
      List<? extends Loop> loops,
      Clock clock,
      SlotDeletion slotDeletion,
      SlotMoves slotMoves,
      BusTls tls,
      Consumer<Exception> fatal) {}

  /**
   * Takes the bus port and shows what nodes.conf says. Nobody hears of this node and nobody is
   * heard before {@link #begin}: a node without its data is not there for the others.
   *
   * @throws IOException if the bus port cannot be had
   * @throws CorruptNodesFileException if nodes.conf is not what this or another server wrote
   */
  public void prepare(Surroundings around) throws IOException, CorruptNodesFileException {
    Clock clock = around.clock();
    ClusterConfig settings = ClusterSettings.of(config);
    Moment now = new Moment(clock.monotonicNs() / 1_000_000, clock.wallMs(), HostFacts.NONE);
    RandomGenerator random =
        RandomGeneratorFactory.of("L64X128MixRandom").create(new SecureRandom().nextLong());
    ClusterCore core = ClusterCore.create(settings, random, file.load(settings.tls()), now);
    SlotChanges changes =
        new SlotChanges(
            this::request,
            around.replication(),
            routing,
            around.state().slotHold(),
            new SlotVisits(around.keyspace(), around.slowLane()));
    slotChanges = changes;
    ClusterHost host =
        new ClusterHost(
            new ClusterHost.Parts(
                routing,
                around.replication(),
                around.messages(),
                around.state(),
                around.keyspace(),
                around.slowLane(),
                new LoopWatch(around.loops(), clock),
                new ShardWatch(around.keyspace().shards(), clock),
                new Standstill(around.loops(), around.slowLane()),
                clock,
                around.slotDeletion(),
                around.slotMoves(),
                changes,
                () -> config.get(TlsDirectives.TLS_REPLICATION),
                around.fatal()));
    routing.publish(core.view());
    around.slotDeletion().sparing(routing::mine);
    BusOptions options =
        new BusOptions(
            BindAddresses.ofBus(config.get(NetworkDirectives.BIND)),
            ClusterSettings.busPort(config),
            () -> config.get(NetworkDirectives.BIND_SOURCE_ADDR),
            BusOptions.defaultMaxFrameBytes(),
            around.tls());
    bus = ClusterBus.open(core, settings, file, options, host, clock);
  }

  /**
   * Starts the bus, once the data is there: slots with keys that are nobody's become ours.
   *
   * @param slotsWithKeys of which slots there are keys
   */
  public void begin(SlotSet slotsWithKeys) {
    ClusterBus running = opened();
    running.begin();
    begun = true;
    configure();
    running.dataLoaded(slotsWithKeys);
  }

  /** Lets directives that are changed act on the bus at once. */
  public void followDirectives() {
    config.afterChange(this::configure, ClusterSettings.directives());
  }

  private void configure() {
    if (begun) {
      opened()
          .configure(
              ClusterSettings.of(config), config.get(ClusterDirectives.CLUSTER_LINK_SENDBUF_LIMIT));
    }
  }

  /** Returns the judge of requests. */
  public SlotRouting routing() {
    return routing;
  }

  /** Returns by which names clients reach nodes. */
  public Endpoints endpoints() {
    return endpoints;
  }

  /** Returns the newest picture of the cluster. */
  public ClusterView view() {
    ClusterView view = routing.view();
    if (view == null) {
      throw new IllegalStateException("the bus has not been opened");
    }
    return view;
  }

  /** Puts a question to the core; the receiver is told on the bus thread. */
  public void request(ClusterRequest request, Consumer<Answer> receiver) {
    opened().request(request, receiver);
  }

  /** Whether there are replicas that have to confirm CLUSTER SETSLOT. */
  public boolean confirmsSlots() {
    SlotChanges changes = slotChanges;
    return changes != null && changes.needConfirmation();
  }

  /**
   * Carries out CLUSTER SETSLOT, once the replicas that understand it have it.
   *
   * @param keys whose shard of the slot has been entered
   * @param receiver told the outcome, on any thread
   */
  public void setSlot(SetslotArguments wanted, Keys keys, Consumer<Answer> receiver) {
    SlotChanges changes = slotChanges;
    if (changes == null) {
      throw new IllegalStateException("the bus has not been opened");
    }
    changes.make(wanted, keys, receiver);
  }

  /** Tells the other nodes of a message that was published here; nobody before {@link #begin}. */
  public void broadcast(byte[] channel, byte[] message, boolean sharded) {
    if (begun) {
      opened().broadcast(channel, message, sharded);
    }
  }

  /** Asks how full the links are; the receiver is told on the bus thread. */
  public void gauges(Consumer<List<LinkGauge>> receiver) {
    opened().gauges(receiver);
  }

  /** Returns how many links were closed because too much was queued. */
  public long linksClosedForSendBuffer() {
    return opened().linksClosedForSendBuffer();
  }

  /** Returns the bytes that waited on the links of the bus at its last tick. */
  public long linkQueueBytes() {
    ClusterBus running = bus;
    return running == null ? 0 : running.linkQueueBytes();
  }

  /** Returns how many connections the bus has when it has all: one each way with each node. */
  public int connections() {
    ClusterView view = routing.view();
    return view == null ? 0 : 2 * (view.nodes().size() - 1);
  }

  private ClusterBus opened() {
    ClusterBus running = bus;
    if (running == null) {
      throw new IllegalStateException("the bus has not been opened");
    }
    return running;
  }

  @Override
  public void close() {
    ClusterBus running = bus;
    if (running != null) {
      running.close();
    }
    file.close();
  }
}
