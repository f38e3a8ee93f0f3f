package io.hashslot.replication;

import io.hashslot.dispatch.NodeState;
import io.hashslot.journal.Effects;
import io.hashslot.journal.Journal;
import io.hashslot.journal.ReplicationHistory;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.persist.snapshot.LoadingProgress;
import io.hashslot.persist.snapshot.Saver;
import io.hashslot.persist.snapshot.SnapshotLane;
import io.hashslot.persist.snapshot.SnapshotLoader;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.session.Engine;
import io.hashslot.session.Loop;
import io.hashslot.session.Session;
import io.hashslot.session.Sessions;
import io.hashslot.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replication of one server, in whichever role it has: the one place that knows the role, the
 * history and all links. Decisions are made on the replication loop; clients' requests come in
 * through methods that any loop may call, and what they need to see is volatile.
 *
 * <p>A change of role happens with all shards held: no write is under way, the journal's mode, the
 * history and the mark that requests are judged by change together.
 */
public final class Replication implements AutoCloseable {
  /**
   * What replication works with.
   *
   * @param random for ids of histories; must be unpredictable
   * @param engines makes what executes the primary's commands on the replication loop; asked with
   *     the first command
   * @param everySecond further work to do once a second on the replication loop
   */
  public record Parts(
      Keyspace keyspace,
      Journal journal,
      NodeState state,
      Sessions sessions,
      ReplicationSettings settings,
      SnapshotLane lane,
      LoadingProgress progress,
      Clock clock,
      RandomGenerator random,
      Function<Loop, Engine> engines,
      Runnable everySecond) {}

  private static final Logger LOG = LoggerFactory.getLogger(Replication.class);
  private static final long TICK_MS = 100;
  private static final long SECOND_NS = 1_000_000_000L;
  private static final String ROLE_CHANGED =
      "UNBLOCKED force unblock from blocking operation, instance state changed (master ->"
          + " replica?)";

  private final Keyspace keyspace;
  private final Journal journal;
  private final NodeState state;
  private final Sessions sessions;
  private final ReplicationSettings settings;
  private final Clock clock;
  private final RandomGenerator random;
  private final Runnable furtherWork;
  private final ReplicationLoop loop = new ReplicationLoop();
  private final Replicas replicas = new Replicas();
  private final Waits waits = new Waits(replicas);
  private final Upstream upstream;
  private final FullSyncs fullSyncs;
  private final Admission admission;
  private final Effects effects = new Effects();
  private final AtomicBoolean acksRequested = new AtomicBoolean();

  private volatile ReplicationHistory history;

  private int formerDb = -1; // where the former history ends; under all locks
  private volatile boolean replicaRole;
  private volatile @Nullable PrimaryEndpoint target;
  private long lastSecondNs;
  private long lastPingNs;
  private long withoutReplicasSinceNs;

  private final FullSyncs.Source source =
      new FullSyncs.Source() {
        @Override
        public FullSyncs.Position position() {
          return positionOfCut();
        }

        @Override
        public boolean inStep() {
          return Replication.this.inStep();
        }
      };

  private final Upstream.Server server =
      new Upstream.Server() {
        @Override
        public ReplicationHistory history() {
          return history;
        }

        @Override
        public void history(ReplicationHistory next) {
          history = next;
        }

        @Override
        public void dropReplicas(String reason) {
          replicas.disconnectAll(reason);
        }

        @Override
        public void loading(boolean yes) {
          state.loading(yes);
        }

        @Override
        public void linkUp(boolean yes) {
          state.primaryLinkUp(yes);
        }
      };

  /** A primary with a history of its own and no replicas; {@link #start} sets it going. */
  public Replication(Parts parts) {
    keyspace = parts.keyspace();
    journal = parts.journal();
    state = parts.state();
    sessions = parts.sessions();
    settings = parts.settings();
    clock = parts.clock();
    random = parts.random();
    furtherWork = parts.everySecond();
    history = ReplicationHistory.begin(random);
    fullSyncs = new FullSyncs(keyspace, journal, settings, parts.lane(), clock, random, source);
    admission = new Admission(journal, settings, fullSyncs);
    upstream =
        new Upstream(
            loop,
            keyspace,
            journal,
            settings,
            parts.lane(),
            parts.progress(),
            clock,
            server,
            sessions.upstream(),
            resume ->
                new StreamApplier(
                    parts.engines(), loop, sessions.nextId(), resume, clock.wallMs()));
    withoutReplicasSinceNs = clock.monotonicNs();
  }

  /** Takes the role that the configuration gives, before clients come; null follows nobody. */
  public void takeRole(@Nullable PrimaryEndpoint primary) {
    if (primary != null) {
      replicaRole = true;
      target = primary;
      journal.follow();
      state.primaryLinkUp(false);
      state.follow(primary.address());
    }
  }

  /**
   * Begins to work, after the data was loaded and before commands are let in.
   *
   * @param restored what the loaded snapshot said of its history, null if nothing was loaded
   */
  public void start(SnapshotLoader.@Nullable Loaded restored) {
    PrimaryEndpoint primary = target;
    String id = restored == null ? null : restored.replicationId();
    if (restored != null && id != null && restored.streamDb() >= 0) {
      journal.restartAt(restored.replicationOffset());
      if (primary != null) {
        history = ReplicationHistory.of(id);
        journal.follow();
        journal.appendStream(restored.streamDb(), 0, 0);
      } else {
        history = ReplicationHistory.of(id).promoted(restored.replicationOffset(), random);
        formerDb = restored.streamDb();
        journal.openBacklog();
      }
    }
    if (primary != null) {
      journal.follow();
      loop.execute(() -> upstream.follow(primary, true));
    }
    loop.every(this::tick, TICK_MS);
  }

  // Roles

  /** Whether this server follows a primary. */
  public boolean isReplica() {
    return replicaRole;
  }

  /** The primary this server follows, null if none. */
  public @Nullable PrimaryEndpoint primary() {
    return target;
  }

  /** Whether the link to the primary stands and is in step. */
  public boolean linkUp() {
    return upstream.connected();
  }

  /** Monotonic time since which the link to the primary is down; -1 if it is up or never was. */
  public long linkDownSinceNs() {
    return upstream.downSinceNs();
  }

  /** The replication offset: end of the stream on a primary, processed part of it on a replica. */
  public long offset() {
    return journal.end();
  }

  /** The history that offsets count. */
  public ReplicationHistory history() {
    return history;
  }

  /** Begins a history under a new name, so that nobody can resume (DEBUG). Any thread. */
  public void renameHistory() {
    loop.execute(() -> history = ReplicationHistory.begin(random));
  }

  /**
   * Milliseconds since the primary was heard, or since the link to it went down; {@link
   * Long#MAX_VALUE} if it never was up.
   */
  public long silenceMs() {
    return upstream.silenceMs();
  }

  /**
   * Follows a primary, and keeps that in the configuration. Own data stays until it is replaced;
   * clients that wait are unblocked with an error. The caller holds all shards.
   */
  public void follow(PrimaryEndpoint primary) {
    settings.remember(primary);
    followUnderLocks(primary, true);
  }

  /**
   * Becomes a primary, and keeps that in the configuration; nothing happens on a primary. The
   * caller holds all shards.
   */
  public void promote() {
    settings.remember(null);
    leadUnderLocks();
  }

  /**
   * Changes to the role of a replica; the caller holds all shards. What takes longer follows on the
   * replication loop. Nothing happens if this primary is followed already.
   *
   * @param partial whether our own history and position may be offered
   */
  public void followUnderLocks(PrimaryEndpoint primary, boolean partial) {
    if (replicaRole && primary.equals(target)) {
      return;
    }
    boolean wasReplica = replicaRole;
    upstream.halt();
    if (!wasReplica && history.formerEndOffset() == journal.end() + 1) {
      // Nothing was written under the new id, so the position is as good in the former history,
      // which others know.
      history = ReplicationHistory.of(history.formerId());
      journal.follow();
      // What comes next stands in the database that the former history stood in.
      journal.appendStream(formerDb, 0, 0);
    }
    target = primary;
    replicaRole = true;
    journal.follow();
    state.primaryLinkUp(false);
    state.follow(primary.address());
    loop.execute(
        () -> {
          if (!primary.equals(target)) {
            return; // changed again meanwhile
          }
          LOG.info("Following {}:{}", primary.host(), primary.port());
          if (!wasReplica) {
            unblockClients();
          }
          upstream.follow(primary, partial);
        });
  }

  /**
   * Changes to the role of a primary, with a history of its own that continues the old one; the
   * caller holds all shards. Nothing happens on a primary.
   */
  public void leadUnderLocks() {
    if (!replicaRole) {
      return;
    }
    upstream.halt();
    target = null;
    replicaRole = false;
    history = history.promoted(journal.end(), random);
    formerDb = journal.selectedDb();
    journal.lead();
    state.replica(false);
    state.primaryLinkUp(true);
    loop.execute(
        () -> {
          LOG.info("Promoted to primary: history {} from offset {}", history.id(), journal.end());
          upstream.lead();
          state.primaryLinkUp(true);
          withoutReplicasSinceNs = clock.monotonicNs();
          replicas.disconnectAll("the history has another name");
        });
  }

  private void unblockClients() {
    for (Session session : sessions.all()) {
      session
          .loop()
          .execute(
              () -> {
                if (session.unblock(ROLE_CHANGED)) {
                  session.closeAfterReply();
                }
              });
    }
  }

  // Clients that become replicas

  /** Why a connection cannot synchronise now, as an error reply; null if it can. Any loop. */
  public @Nullable String refusal() {
    return replicaRole && !upstream.connected()
        ? "NOMASTERLINK Can't SYNC while not connected with my master"
        : null;
  }

  /**
   * Makes a client a replica: its connection is replication's from now on. On the session's loop.
   *
   * @param askedId history it wants to continue, or {@code ?}
   * @param askedOffset first byte it wants, counted from 1
   * @param plain whether it said SYNC: it wants everything and no reply line
   */
  public void adopt(
      Session session, ReplicaProfile profile, String askedId, long askedOffset, boolean plain) {
    Replica replica = new Replica(session, profile, plain, journal, clock, waits);
    session.replicaLink(true);
    session.link().detach(replica);
    replicas.add(replica);
    loop.execute(() -> admit(replica, askedId, askedOffset));
  }

  private void admit(Replica replica, String askedId, long askedOffset) {
    if (refusal() != null) {
      replica.disconnect("our own primary is out of reach");
    } else {
      admission.admit(replica, history, askedId, askedOffset);
    }
  }

  /** All shards are held. */
  private FullSyncs.Position positionOfCut() {
    int streamDb = 0;
    if (replicaRole) {
      streamDb = Math.max(0, journal.selectedDb());
    } else {
      if (!journal.hasBacklog()) {
        history = ReplicationHistory.begin(random);
      }
      journal.forgetSelectedDb();
    }
    journal.openBacklog();
    return new FullSyncs.Position(history.id(), journal.end(), streamDb);
  }

  // WAIT

  /** How many replicas have acknowledged an offset. */
  public int acknowledged(long offset) {
    return replicas.acknowledged(offset);
  }

  /**
   * Makes a client wait until so many replicas have acknowledged an offset; replies with their
   * number then. On its loop.
   */
  public void await(Session session, long offset, long wanted, long timeoutMs) {
    waits.begin(session, offset, wanted, timeoutMs);
    if (acksRequested.compareAndSet(false, true)) {
      loop.execute(
          () -> {
            acksRequested.set(false);
            append(effects.command(-1, "REPLCONF", 2).argument("GETACK").argument("*"));
          });
    }
  }

  private void append(Effects command) {
    journal.append(command);
    command.reset();
    journal.signal();
  }

  // Timers

  private void tick() {
    try {
      journal.signal();
      upstream.tick();
      fullSyncs.tick();
      long nowNs = clock.monotonicNs();
      if (nowNs - lastSecondNs >= SECOND_NS) {
        lastSecondNs = nowNs;
        everySecond(nowNs);
        furtherWork.run();
      }
    } catch (RuntimeException e) {
      LOG.error("Timer of replication failed", e);
    }
  }

  private void everySecond(long nowNs) {
    if (journal.backlogBytes() != settings.backlogBytes()) {
      journal.backlogBytes(settings.backlogBytes());
    }
    int wanted = settings.minReplicas();
    long lagSeconds = settings.minReplicasMaxLagSeconds();
    state.enoughReplicas(
        wanted == 0 || lagSeconds == 0 || replicas.good(lagSeconds, nowNs) >= wanted);
    if (!replicas.isEmpty()) {
      withoutReplicasSinceNs = nowNs;
    }
    replicas.all().forEach(replica -> supervise(replica, nowNs));
    if (replicaRole) {
      return;
    }
    if (!replicas.isEmpty() && nowNs - lastPingNs >= settings.pingPeriodSeconds() * SECOND_NS) {
      lastPingNs = nowNs;
      append(effects.command(-1, "PING", 0));
    }
    long ttlNs = settings.backlogTtlSeconds() * SECOND_NS;
    if (ttlNs > 0 && journal.hasBacklog() && nowNs - withoutReplicasSinceNs > ttlNs) {
      LOG.info("No replicas for {} s: the backlog is freed", settings.backlogTtlSeconds());
      journal.closeBacklog();
      history = ReplicationHistory.begin(random);
    }
  }

  /** Lets go of a replica that is silent or too far behind. */
  private void supervise(Replica replica, long nowNs) {
    long patienceNs = settings.timeoutSeconds() * SECOND_NS;
    if (replica.online()
        && !replica.plainSync()
        && nowNs - replica.acknowledgedAtNs() > patienceNs) {
      replica.disconnect("it has not acknowledged anything for too long");
    } else if (replica.overSoftLimit(
        settings.outputSoftLimitBytes(), settings.outputSoftSeconds(), nowNs)) {
      replica.disconnect("it has been too far behind for too long");
    }
    replica.wake(); // whatever was missed
  }

  // What others show

  /** The fields of INFO's section, one a line, without its heading. */
  public String info() {
    return ReplicationInfo.text(this, upstream, replicas, journal, settings, clock.monotonicNs());
  }

  /** Writes the reply of ROLE. */
  public void role(ReplyWriter reply) {
    ReplicationInfo.role(this, upstream, replicas, reply);
  }

  /** Counts of what replicas asked for and got. */
  public Admission admission() {
    return admission;
  }

  /**
   * What a snapshot of this moment has to say of its history; null if there is nothing to say. All
   * shards are held.
   */
  public Saver.@Nullable Position positionForSnapshot() {
    if (!journal.hasBacklog()) {
      return null;
    }
    return new Saver.Position(history.id(), journal.end(), Math.max(0, journal.selectedDb()));
  }

  /** Whether data and journal are at the same place; all shards are held. */
  public boolean inStep() {
    return upstream.inStep();
  }

  @Override
  public void close() {
    replicas.disconnectAll("the server ends");
    loop.execute(upstream::lead);
    loop.close();
    effects.close();
  }
}
