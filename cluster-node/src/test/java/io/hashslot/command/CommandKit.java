package io.hashslot.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.blocking.Waiters;
import io.hashslot.cluster.MigrationLinks;
import io.hashslot.command.connection.ConnectionCommands;
import io.hashslot.command.connection.Login;
import io.hashslot.command.connection.ServerIdentity;
import io.hashslot.command.generic.PayloadForm;
import io.hashslot.command.pubsub.PubsubCommands;
import io.hashslot.command.server.DatabaseCommands;
import io.hashslot.command.transactions.TransactionsCommands;
import io.hashslot.dispatch.Dispatcher;
import io.hashslot.dispatch.Environment;
import io.hashslot.dispatch.MemoryLimit;
import io.hashslot.dispatch.NoClient;
import io.hashslot.dispatch.NodeState;
import io.hashslot.dispatch.SlotGate;
import io.hashslot.dispatch.SlowLane;
import io.hashslot.dispatch.Watches;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.keyspace.KeyspaceSettings;
import io.hashslot.memory.Arena;
import io.hashslot.node.DataCommands;
import io.hashslot.observe.LatencyEvents;
import io.hashslot.observe.Monitors;
import io.hashslot.observe.SlowLog;
import io.hashslot.observe.Statistics;
import io.hashslot.persist.rdb.Rdb;
import io.hashslot.pubsub.PubSub;
import io.hashslot.resp.NativeOutput;
import io.hashslot.resp.Request;
import io.hashslot.resp.client.ConnectOptions;
import io.hashslot.session.Peer;
import io.hashslot.session.Session;
import io.hashslot.session.Sessions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node without sockets, threads of its own (but the slow lane's) and time: commands go through
 * the real dispatcher, on the real keyspace. The clock is moved by the test.
 */
public final class CommandKit implements AutoCloseable {
  /** What {@code proto-max-bulk-len} is here, bytes: small, so that limits can be reached. */
  public static final long PROTO_MAX_BULK_LEN = 1 << 20;

  private static final long HASH_SEED = 0x5eed;

  private final ManualClock clock = new ManualClock();
  private final ManualLoop loop = new ManualLoop();
  private final RecordedJournal journal = new RecordedJournal();
  private final RecordedEvents events = new RecordedEvents();
  private final NodeState state = new NodeState();
  private final MemoryLimit memory;
  private final PubSub pubSub = new PubSub();
  private final Statistics statistics = new Statistics();
  private final SlowLane slowLane = new SlowLane();
  private final Sessions sessions = new Sessions();
  private final Waiters waiters = new Waiters();
  private final List<Client> clients = new ArrayList<>();
  private final Keyspace keyspace;
  private final Environment environment;
  private final Dispatcher dispatcher;

  /** Makes an empty node with 16 databases, or one in cluster mode, that has all slots. */
  public CommandKit(int shards, boolean cluster) {
    this(shards, cluster ? 1 : 16, cluster, null, List.of());
  }

  /** Makes an empty node of a cluster with several databases; without a gate it has all slots. */
  public CommandKit(int shards, int databases, @Nullable SlotGate slotGate) {
    this(shards, databases, true, slotGate, List.of());
  }

  /** Makes an empty node with 16 databases and commands of the test's own. */
  public CommandKit(int shards, List<CommandSpec> more) {
    this(shards, 16, false, null, more);
  }

  /** Makes an empty node of a cluster, of whose slots somebody else decides. */
  public CommandKit(int shards, SlotGate slotGate) {
    this(shards, 1, true, slotGate, List.of());
  }

  /** Makes an empty node of a cluster, with commands of the test's own. */
  public CommandKit(int shards, SlotGate slotGate, List<CommandSpec> more) {
    this(shards, 1, true, slotGate, more);
  }

  private CommandKit(
      int shards,
      int databases,
      boolean cluster,
      @Nullable SlotGate slotGate,
      List<CommandSpec> more) {
    keyspace =
        new Keyspace(new KeyspaceSettings(shards, databases, cluster, HASH_SEED, Arena::open));
    memory = new MemoryLimit(keyspace, journal.journal());
    Watches watches = new Watches();
    List<CommandSpec> rows = new ArrayList<>(rows(watches));
    rows.addAll(more);
    CommandTable table = new CommandTable(rows);
    statistics.rows(table.all().size());
    environment =
        new Environment(
            table,
            keyspace,
            journal.journal(),
            state,
            memory,
            slotGate,
            events,
            watches,
            waiters,
            sessions,
            statistics,
            new SlowLog(),
            new LatencyEvents(),
            new Monitors(),
            clock);
    slowLane.open(environment);
    dispatcher = new Dispatcher(environment, loop, slowLane);
  }

  /** What HELLO says here. */
  private record Identity() implements ServerIdentity {
    @Override
    public String version() {
      return "7.2.4";
    }

    @Override
    public String mode() {
      return "standalone";
    }

    @Override
    public String role() {
      return "master";
    }
  }

  /** The rows of all groups that need no more than a keyspace. */
  private List<CommandSpec> rows(Watches watches) {
    List<CommandSpec> rows = new ArrayList<>();
    rows.addAll(
        ConnectionCommands.table(
            new Login(state, statistics), new Identity(), watches, pubSub, state, sessions));
    rows.addAll(DatabaseCommands.table(watches, () -> {}));
    rows.addAll(
        DataCommands.table(
            () -> PROTO_MAX_BULK_LEN,
            new MigrationLinks(clock, () -> ConnectOptions.PLAIN),
            new PayloadForm(() -> true, () -> Rdb.VERSION_REDIS_7_0),
            false));
    rows.addAll(PubsubCommands.table(pubSub, (_, _, _) -> false));
    rows.addAll(TransactionsCommands.table(watches));
    return rows;
  }

  /** Returns the commands that can be run here. */
  public CommandTable table() {
    return environment.table();
  }

  /** Returns the clock. */
  public ManualClock clock() {
    return clock;
  }

  /** Lets time pass for the clock, and for what waits for its time on the loop. */
  public void passMs(long ms) {
    clock.advanceMs(ms);
    loop.passMs(ms);
    loop.runAll();
  }

  /** Returns what all parts share. */
  public Environment environment() {
    return environment;
  }

  /** Returns the data. */
  public Keyspace keyspace() {
    return keyspace;
  }

  /** Returns what requests are judged by. */
  public NodeState state() {
    return state;
  }

  /** Returns how much memory there may be used; without a limit at first. */
  public MemoryLimit memory() {
    return memory;
  }

  /** Connects a client. */
  public Client client() {
    Client client = new Client();
    clients.add(client);
    return client;
  }

  /** One client; its commands run one after the other. */
  public final class Client {
    private final NativeOutput out = new NativeOutput(256);
    private final Session session =
        new Session(sessions.nextId(), new NoClient(loop), loop, out, clock.wallMs());

    private Client() {
      dispatcher.opened(session);
    }

    /** Returns the client without its socket. */
    public Session session() {
      return session;
    }

    /** Speaks RESP3 from now on. */
    public Client resp3() {
      session.reply().resp3(true);
      return this;
    }

    /** Makes this the link to our primary: what it sends is applied, and not answered. */
    public Client asPrimary() {
      session.peer(Peer.PRIMARY);
      return this;
    }

    /** Runs a command given in words. */
    public Outcome run(String... words) {
      return run(Arrays.stream(words).map(word -> word.getBytes(ISO_8859_1)).toList());
    }

    /** Returns what was pushed to the client since its last command, and forgets it. */
    public String received() {
      loop.inbox().drain();
      String text = new String(out.toBytes(), ISO_8859_1);
      out.position(0);
      return text;
    }

    /** Runs a command that makes the client wait. */
    public Client waits(String... words) {
      run(Arrays.stream(words).map(word -> word.getBytes(ISO_8859_1)).toList(), false);
      assertThat(session.isBlocked()).as("waits").isTrue();
      assertThat(received()).isEmpty();
      return this;
    }

    /** Tries a command that has to be tried again later. */
    public void isHeldBack(String... words) {
      Request request = new Request();
      request.copyFrom(Arrays.stream(words).map(word -> word.getBytes(ISO_8859_1)).toList());
      try {
        assertThat(dispatcher.execute(session, request)).as("could run at once").isFalse();
      } finally {
        request.release();
      }
      assertThat(received()).isEmpty();
    }

    /** Is gone. */
    public void leaves() {
      session.onClosed();
      dispatcher.closed(session);
    }

    private Outcome run(List<byte[]> words) {
      return run(words, true);
    }

    private Outcome run(List<byte[]> words, boolean untilAnswered) {
      journal.take();
      events.take();
      Request request = new Request();
      request.copyFrom(words);
      try {
        assertThat(dispatcher.execute(session, request)).as("could run at once").isTrue();
        if (untilAnswered) {
          loop.runUntil(() -> !session.isWaiting());
        }
        loop.runAll();
        dispatcher.batchEnd();
        return new Outcome(new String(out.toBytes(), ISO_8859_1), journal.take(), events.take());
      } finally {
        out.position(0);
        request.release();
      }
    }
  }

  /** Ends everything, and makes sure that no memory is left behind. */
  @Override
  public void close() {
    for (Client client : clients) {
      client.session.onClosed();
      dispatcher.closed(client.session);
      client.out.release();
    }
    slowLane.close();
    dispatcher.close();
    journal.close();
    for (int i = 0; i < keyspace.databases(); i++) {
      keyspace.flush(i, true);
    }
    assertThat(keyspace.usedBytes()).as("bytes left in the arenas").isZero();
  }
}
