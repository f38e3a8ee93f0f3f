package io.hashslot.dispatch;

import io.hashslot.blocking.Waiters;
import io.hashslot.command.CommandSpec;
import io.hashslot.journal.Journal;
import io.hashslot.keyspace.ExpiryMode;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.keyspace.LookAhead;
import io.hashslot.keyspace.Shards;
import io.hashslot.memory.Memory;
import io.hashslot.observe.LatencyEvents;
import io.hashslot.observe.Monitors;
import io.hashslot.observe.SlowLog;
import io.hashslot.observe.Statistics;
import io.hashslot.resp.NativeOutput;
import io.hashslot.resp.Output;
import io.hashslot.resp.Request;
import io.hashslot.session.Peer;
import io.hashslot.session.Session;
import io.hashslot.session.SessionSlot;
import io.hashslot.session.Sessions;
import io.hashslot.time.Clock;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Executes commands that the server has executed before, from a file, to bring its data back. They
 * pass no gates, nobody hears of them, no key expires, and they leave no traces in the journal,
 * statistics or slow log. For one thread; several may work side by side on different shards.
 *
 * <p>Whoever uses it enters the shards, for as many commands as it likes.
 */
public final class Replay implements AutoCloseable {
  private static final SessionSlot<Replay> OWNER = new SessionSlot<>();

  private final Shards shards;
  private final Clock clock;
  private final Caller caller;
  private final Session session;
  private final Planner planner;
  private final LookAhead lookAhead;
  private long nowMs;
  private long nowNs;

  /**
   * Returns surroundings in which nobody listens, for the replays of one loading.
   *
   * @param journal one that nobody reads
   */
  public static Environment silent(Environment node, Journal journal) {
    return new Environment(
        node.table(),
        node.keyspace(),
        journal,
        node.state(),
        node.memory(),
        null,
        NoEvents.INSTANCE,
        new Watches(),
        new Waiters(),
        new Sessions(),
        new Statistics(node.table().all().size()),
        new SlowLog(),
        new LatencyEvents(),
        new Monitors(),
        node.clock());
  }

  /** Makes one in surroundings that are {@linkplain #silent}. */
  public Replay(Environment environment) {
    Keyspace keyspace = environment.keyspace();
    shards = keyspace.shards();
    clock = environment.clock();
    session = new NoClient(NoClient.NO_LOOP).session();
    session.peer(Peer.PRIMARY);
    session.set(OWNER, this);
    caller = new Caller(environment, session, null);
    planner = new Planner(caller.keys(), false);
    lookAhead = keyspace.newLookAhead();
    nowMs = clock.wallMs();
  }

  /** Tells whether a session's commands come from a file. */
  static boolean owns(Session session) {
    return session.get(OWNER) != null;
  }

  /** Returns the shards. */
  public Shards shards() {
    return shards;
  }

  /**
   * Returns the shards that a command has to be executed in, as a bit mask: 0 if it names no key,
   * all if it may touch any.
   */
  public long shardsOf(CommandSpec command, int database, Request request) {
    caller.keys().begin(database, ExpiryMode.IGNORE);
    planner.plan(command, request);
    return planner.mask();
  }

  /** Shards have been entered; commands will follow. */
  public void entered() {
    nowMs = clock.wallMs();
    nowNs = clock.monotonicNs();
  }

  /** Tells whether it pays to {@linkplain #expect announce} commands. */
  public boolean worthExpecting() {
    return lookAhead.worthwhile();
  }

  /**
   * A command will be executed soon; up to {@value LookAhead#KEYS}, then {@link #fetch}.
   *
   * @param key the argument that is its key
   */
  public void expect(Request request, int key) {
    lookAhead.add(request.address(key), request.length(key));
    for (int i = key + 1; i <= key + 2; i++) {
      boolean there = i < request.count();
      lookAhead.guessMember(there ? request.address(i) : 0, there ? request.length(i) : -1);
    }
  }

  /** Brings what was announced into the cache. */
  public void fetch(long held, int database) {
    lookAhead.fetchWithin(held, database);
  }

  /**
   * Executes a command.
   *
   * @param held the shards that were entered, as a bit mask
   * @return the error it gave, or null
   */
  public @Nullable String execute(CommandSpec command, int database, Request request, long held) {
    session.database(database);
    caller.keys().begin(database, ExpiryMode.IGNORE);
    planner.plan(command, request);
    Output out = session.reply().output();
    nowNs = caller.run(session, command, request, session.reply(), held, nowMs, nowNs);
    int length = out.position();
    out.position(0);
    return length > 0 && Memory.getByte(out.address()) == '-'
        ? new String(Memory.bytes(out.address() + 1, length - 3), StandardCharsets.ISO_8859_1)
        : null;
  }

  /** Gives native memory back. */
  @Override
  public void close() {
    caller.close();
    if (session.reply().output() instanceof NativeOutput own) {
      own.release();
    }
  }
}
