package io.hashslot.node;

import io.hashslot.blocking.Waiters;
import io.hashslot.bus.file.CorruptNodesFileException;
import io.hashslot.cluster.Cluster;
import io.hashslot.cluster.HeldSlots;
import io.hashslot.cluster.MigrationLinks;
import io.hashslot.cluster.ReplicatedMarks;
import io.hashslot.command.CommandSpec;
import io.hashslot.command.CommandTable;
import io.hashslot.command.cluster.ClusterCommands;
import io.hashslot.command.connection.ConnectionCommands;
import io.hashslot.command.connection.Login;
import io.hashslot.command.generic.PayloadForm;
import io.hashslot.command.pubsub.PubsubCommands;
import io.hashslot.command.server.DatabaseCommands;
import io.hashslot.command.server.Ending;
import io.hashslot.command.server.ReplicationCommands;
import io.hashslot.command.server.ServerCommands;
import io.hashslot.command.transactions.TransactionsCommands;
import io.hashslot.config.ClientDirectives;
import io.hashslot.config.ClusterDirectives;
import io.hashslot.config.Config;
import io.hashslot.config.MemoryDirectives;
import io.hashslot.config.NetworkDirectives;
import io.hashslot.config.ProcessDirectives;
import io.hashslot.config.ReplicationDirectives;
import io.hashslot.dispatch.Dispatcher;
import io.hashslot.dispatch.Environment;
import io.hashslot.dispatch.ExpiredKeys;
import io.hashslot.dispatch.MemoryLimit;
import io.hashslot.dispatch.MovedWaiters;
import io.hashslot.dispatch.NodeState;
import io.hashslot.dispatch.SlowLane;
import io.hashslot.dispatch.Watches;
import io.hashslot.journal.Journal;
import io.hashslot.keyspace.ActiveExpiry;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.keyspace.KeyspaceSettings;
import io.hashslot.keyspace.Shards;
import io.hashslot.memory.Arena;
import io.hashslot.net.Listener;
import io.hashslot.observe.Info;
import io.hashslot.observe.LatencyEvents;
import io.hashslot.observe.Monitors;
import io.hashslot.observe.Rates;
import io.hashslot.observe.SlowLog;
import io.hashslot.observe.Statistics;
import io.hashslot.persist.aof.Aof;
import io.hashslot.persist.snapshot.LoadingProgress;
import io.hashslot.persist.snapshot.Saver;
import io.hashslot.persist.snapshot.SnapshotLane;
import io.hashslot.pubsub.KeyEventMessages;
import io.hashslot.pubsub.PubSub;
import io.hashslot.replication.Replication;
import io.hashslot.session.Loop;
import io.hashslot.session.Sessions;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One server: all its parts, wired. Several may live in one process. */
public final class Node implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  private final Config config;
  private final Clock clock = Clock.system();
  private final Sessions sessions = new Sessions();
  private final NodeState state = new NodeState();
  private final MemoryLimit memory;
  private final Watches watches = new Watches();
  private final Waiters waiters = new Waiters();
  private final PubSub pubSub = new PubSub();
  private final KeyEventMessages keyEvents = new KeyEventMessages(pubSub);
  private final Statistics statistics = new Statistics();
  private final Info info = new Info();
  private final SlowLog slowLog = new SlowLog();
  private final LatencyEvents latency = new LatencyEvents();
  private final Monitors monitors = new Monitors();
  private final SlowLane slowLane = new SlowLane();
  private final Keyspace keyspace;
  private final Journal journal;
  private final CommandTable table;
  private final Environment environment;
  private final Rates rates;
  private final ExpiredKeys expiredKeys;
  private final ActiveExpiry expiry;
  private final String runId = Identity.newRunId();
  private final Listener listener;
  private final @Nullable Cluster cluster;
  private final SlotMoving slotMoving;
  private final ConfiguredReplication copies;
  private final SnapshotLane snapshotLane = new SnapshotLane();
  private final Replication replication;
  private final Saver saver;
  private final Aof appendOnly;
  private final LoadingProgress progress = new LoadingProgress(clock);
  private final StartUp startUp = new StartUp(state, progress);
  private final DataFiles files;
  private final OrderlyEnd ending;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Map<Loop, Dispatcher> dispatchers = new ConcurrentHashMap<>();
  private final IdleClients idleClients;
  private final Encryption encryption;
  private final Outgoing outgoing;
  private final MigrationLinks migrations;
  private final Presence presence;

  private Node(Config config) throws IOException {
    this.config = config;
    presence = new Presence(config);
    idleClients = new IdleClients(config, sessions);
    encryption = Encryption.follow(config);
    outgoing = new Outgoing(config, encryption);
    migrations = new MigrationLinks(clock, outgoing::toNodes);
    cluster = config.get(ClusterDirectives.CLUSTER_ENABLED) ? Cluster.open(config) : null;
    keyspace =
        new Keyspace(
            new KeyspaceSettings(
                config.intOf(NetworkDirectives.SHARDS),
                config.intOf(
                    cluster != null
                        ? ClusterDirectives.CLUSTER_DATABASES
                        : ProcessDirectives.DATABASES),
                cluster != null,
                new SecureRandom().nextLong(),
                Arena::open));
    journal = new Journal(config.get(ReplicationDirectives.REPL_BACKLOG_SIZE));
    memory = new MemoryLimit(keyspace, journal);
    copies = new ConfiguredReplication(config, Version.COMPATIBLE, outgoing);
    saver =
        new Saver(keyspace, snapshotLane, copies, clock, progress, this::inStep, this::position);
    snapshotLane.givesWay(saver::cancel);
    SaveErrors.follow(config, state, saver);
    files = new DataFiles(config, saver, progress);
    replication = newReplication();
    appendOnly =
        AppendOnly.over(
            config, copies, keyspace, journal, snapshotLane, state, latency, clock, replication);
    ending = new OrderlyEnd(config, state, replication, saver, appendOnly, clock);
    table = new CommandTable(rows());
    statistics.rows(table.all().size());
    environment =
        new Environment(
            table,
            keyspace,
            journal,
            state,
            memory,
            cluster == null ? null : cluster.routing(),
            keyEvents,
            watches,
            waiters,
            sessions,
            statistics,
            slowLog,
            latency,
            monitors,
            clock);
    slotMoving = newSlotMoving();
    rates = StatsFigures.rates(environment);
    slowLane.open(environment);
    state.afterLoading(waiters::lookAgain);
    state.beforeReplacing(() -> slotMoving.replacing(watches));
    state.streamErrors().end(() -> Runtime.getRuntime().halt(1));
    expiredKeys = new ExpiredKeys(environment);
    expiry = new ActiveExpiry(keyspace, expiredKeys, clock);
    listener = Doors.listener(config, cluster, sessions, statistics, state.gate(), clock);
    addInfoSections();
    listener.engines(this::dispatcher);
    LiveDirectives.follow(config, environment, keyEvents, expiry);
    if (cluster != null) {
      cluster.followDirectives();
    }
  }

  private void addInfoSections() {
    new InfoSections(
            config,
            environment,
            pubSub,
            cluster,
            expiry,
            replication.admission(),
            migrations,
            rates,
            runId,
            listener.transport().name().toLowerCase(Locale.ROOT))
        .addTo(
            info,
            InfoSections.section(
                "Persistence",
                true,
                text -> {
                  PersistenceFigures.write(
                      text, state, saver, snapshotLane, appendOnly, progress, clock);
                  files.figures(text);
                }),
            InfoSections.section("Replication", true, text -> text.raw(replication.info())));
  }

  private Replication newReplication() {
    return copies.followedBy(
        new Replication(
            new Replication.Parts(
                keyspace,
                journal,
                state,
                sessions,
                copies,
                snapshotLane,
                progress,
                clock,
                new SecureRandom(),
                this::dispatcher,
                saver::tick,
                ReplicatedMarks.of(cluster, keyspace, slowLane))));
  }

  private SlotMoving newSlotMoving() {
    return new SlotMoving(
        config,
        cluster,
        environment,
        snapshotLane,
        slowLane,
        replication,
        appendOnly,
        copies,
        outgoing);
  }

  private List<CommandSpec> rows() {
    List<CommandSpec> rows = new ArrayList<>();
    rows.addAll(ClusterCommands.table(cluster, () -> slotMoving.migrations(), clock));
    rows.addAll(
        ConnectionCommands.table(
            new Login(state, statistics),
            new Identity(cluster != null, state),
            watches,
            pubSub,
            state,
            sessions));
    rows.addAll(DatabaseCommands.table(watches, () -> slotMoving.flushed(saver)));
    rows.addAll(
        DataCommands.table(
            () -> config.get(ClientDirectives.PROTO_MAX_BULK_LEN),
            migrations,
            new PayloadForm(copies::compress, copies::rdbVersion),
            cluster != null));
    rows.addAll(PubsubCommands.table(pubSub, this::publishElsewhere));
    rows.addAll(ReplicationCommands.table(replication, saver, appendOnly, cluster != null));
    rows.addAll(
        ServerCommands.table(
            new ServerCommands.Parts(
                Version.COMPATIBLE,
                this::table,
                info,
                config,
                state,
                memory,
                sessions,
                statistics,
                cluster == null ? null : cluster.routing().use(),
                slowLog,
                latency,
                monitors,
                clock,
                journal,
                saver,
                replication,
                new ReloadedFiles(appendOnly, files, () -> environment, ending::fail),
                ending)));
    rows.addAll(TransactionsCommands.table(watches));
    return rows;
  }

  /** Returns the commands; also for tools and tests in the same process. */
  public CommandTable table() {
    return table;
  }

  private boolean publishElsewhere(byte[] channel, byte[] message, boolean sharded) {
    if (cluster == null) {
      return false;
    }
    cluster.broadcast(channel, message, sharded);
    return true;
  }

  private Dispatcher dispatcher(Loop loop) {
    Dispatcher dispatcher = new Dispatcher(environment, loop, slowLane);
    dispatcher.onClose(pubSub::forget);
    dispatcher.onClose(monitors::remove);
    dispatcher.onClose(slotMoving::closed);
    dispatchers.put(loop, dispatcher);
    return dispatcher;
  }

  /**
   * Starts a server, and returns when it has its data and lets commands in.
   *
   * @throws IOException if files or ports cannot be had, or the data cannot be loaded
   * @throws CorruptNodesFileException if nodes.conf cannot be understood
   * @throws java.io.UncheckedIOException if an address cannot be listened on
   */
  public static Node start(Config config) throws IOException, CorruptNodesFileException {
    Node node = start(config, _ -> {});
    try {
      node.startUp.await();
    } catch (IOException | RuntimeException problem) {
      node.close();
      throw problem;
    }
    return node;
  }

  /**
   * Starts a server, and returns when its ports are open; if its data cannot be loaded, it ends.
   *
   * @param beforeClients runs when the server can be ended, but nobody is let in yet
   */
  static Node start(Config config, Consumer<Node> beforeClients)
      throws IOException, CorruptNodesFileException {
    Node node = new Node(config);
    try {
      node.prepare();
      beforeClients.accept(node);
      node.listen();
      node.turn();
      node.load();
    } catch (IOException | CorruptNodesFileException | RuntimeException problem) {
      node.close();
      throw problem;
    }
    return node;
  }

  /** Whoever is let in may ask for the role and for the cluster at once. */
  private void prepare() throws IOException, CorruptNodesFileException {
    presence.moveIn();
    replication.takeRole(copies.primary());
    if (cluster != null) {
      cluster.prepare(surroundings());
    }
    startUp.announce();
  }

  /** Brings the data of the last run back, and takes this server's place among others then. */
  private void load() {
    startUp.whenLoaded(_ -> AppendOnly.start(config, appendOnly));
    startUp.whenLoaded(replication::start);
    startUp.whenLoaded(_ -> join());
    startUp.begin(() -> files.load(environment), this::ready, ending::fail);
  }

  private void ready() {
    LOG.info(
        "Ready to accept connections on port {} ({}, {} event loops, {} shards)",
        config.get(NetworkDirectives.PORT),
        listener.transport().name().toLowerCase(Locale.ROOT),
        listener.loops().size(),
        keyspace.shards().count());
  }

  private boolean inStep() {
    return replication.inStep();
  }

  private Saver.@Nullable Position position() {
    return replication.positionForSnapshot();
  }

  /** Begins the work that comes round by itself: expiry, statistics, idle clients. */
  private void turn() {
    Loop loop = listener.loops().getFirst();
    Dispatcher dispatcher = Objects.requireNonNull(dispatchers.get(loop));
    new Chores(
            environment,
            expiry,
            () -> config.intOf(MemoryDirectives.HZ),
            idleClients,
            new MovedWaiters(environment),
            new ClientEviction(config, sessions, memory, statistics),
            rates,
            migrations,
            dispatcher::makeRoom,
            appendOnly::tick)
        .begin(loop);
  }

  private Cluster.Surroundings surroundings() {
    return new Cluster.Surroundings(
        new ClusterReplication(replication, config),
        new BusMessages(pubSub),
        state,
        keyspace,
        slowLane,
        listener.loops(),
        clock,
        slotMoving.deletion(),
        slotMoving,
        encryption,
        _ -> System.exit(1));
  }

  /** Takes this server's place in its cluster, if it is meant to be in one. */
  private void join() {
    if (cluster != null) {
      slotMoving.loaded();
      cluster.begin(HeldSlots.of(keyspace));
    }
  }

  private void listen() {
    new Doors(config, listener, encryption::forClient).open();
    presence.isOpen();
  }

  /** Returns what ends this server in good order. */
  Ending ending() {
    return ending;
  }

  /**
   * Waits until the server was told to end and is ready to be closed, or cannot go on; returns the
   * exit status of the process.
   */
  int awaitEnd() throws InterruptedException {
    return ending.await();
  }

  /** Returns the data; for tools and tests in the same process. */
  public Keyspace keyspace() {
    return keyspace;
  }

  /** Returns the event loops; for tests in the same process, which watch whether they turn. */
  public List<? extends Loop> loops() {
    return listener.loops();
  }

  /** Ends everything and gives the memory of the data back, entry by entry. */
  @Override
  public void close() {
    if (stop()) {
      Shards shards = keyspace.shards();
      // Entered for good: whoever still waited there would have nothing to come back to.
      shards.enterSlow(shards.all());
      for (int i = 0; i < shards.count(); i++) {
        keyspace.closeCut(shards.shard(i));
      }
      keyspace.close();
    }
  }

  /**
   * Ends everything but leaves the data where it is, as a process does that is about to end: the
   * system takes all of its memory at once.
   *
   * @return false if that was done before
   */
  boolean stop() {
    if (!closed.compareAndSet(false, true)) {
      return false;
    }
    state.stop();
    startUp.stop();
    slotMoving.close();
    if (cluster != null) {
      cluster.close();
    }
    // First the door, then the guests: a replica that is let go comes back at once.
    listener.stopListening();
    replication.close();
    listener.close();
    snapshotLane.close();
    slowLane.close();
    appendOnly.close();
    migrations.close();
    dispatchers.values().forEach(Dispatcher::close);
    journal.close();
    presence.close();
    return true;
  }
}
