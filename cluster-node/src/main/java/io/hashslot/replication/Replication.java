package io.hashslot.replication;

import io.hashslot.dispatch.NodeState;
import io.hashslot.journal.Journal;
import io.hashslot.journal.ReplicationHistory;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.persist.aof.Aof;
import io.hashslot.persist.snapshot.LoadingProgress;
import io.hashslot.persist.snapshot.Saver;
import io.hashslot.persist.snapshot.SnapshotLane;
import io.hashslot.persist.snapshot.SnapshotLoader;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.session.Engine;
import io.hashslot.session.Loop;
import io.hashslot.session.Peer;
import io.hashslot.session.Session;
import io.hashslot.session.Sessions;
import io.hashslot.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replication of one server, in whichever role it has: the way in for everybody else. Decisions are
 * made on the replication loop; clients' requests come in through methods that any loop may call,
 * and what they need to see is volatile. The role is kept by {@link Roles}, the link to a primary
 * by {@link Upstream}, snapshots for replicas by {@link FullSyncs}.
 */
public final class Replication implements AutoCloseable {
  /**
   * What replication works with.
   *
   * @param random for ids of histories; must be unpredictable
   * @param engines makes what executes the primary's commands on the replication loop; asked with
   *     the first command
   * @param everySecond further work to do once a second on the replication loop
   * @param slotMarks what replicas share of slots that are being moved
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
      Runnable everySecond,
      SlotMarks slotMarks) {}

  /** What {@code WAITAOF} says where there is no append-only file. */
  public static final String NO_APPEND_ONLY_FILE =
      "WAITAOF cannot be used when numlocal is set but appendonly is disabled.";

  private static final Logger LOG = LoggerFactory.getLogger(Replication.class);
  private static final long TICK_MS = 100;
  private static final long SECOND_NS = 1_000_000_000L;

  private final Keyspace keyspace;
  private final Journal journal;
  private final ReplicationSettings settings;
  private final Clock clock;
  private final Runnable furtherWork;
  private volatile @Nullable Aof appendOnly;
  private final ReplicationLoop loop = new ReplicationLoop();
  private final Replicas replicas = new Replicas();
  private final Waits waits;
  private final WriteAcks acks;
  private final PromisedPositions promised = new PromisedPositions();
  private final Roles roles;
  private final Upstream upstream;
  private final Failover failover;
  private final StreamSignals signals;
  private final Confirmations confirmations;
  private final Housekeeping housekeeping;
  private final Staleness staleness;
  private final FullSyncs fullSyncs;
  private final Admission admission;
  private long lastSecondNs;

  private final FullSyncs.Source source =
      new FullSyncs.Source() {
        @Override
        public FullSyncs.Position position() {
          return roles.positionOfCut();
        }

        @Override
        public boolean inStep() {
          return Replication.this.inStep();
        }

        @Override
        public void begun() {
          acks.snapshotBegun();
        }
      };

  /** A primary with a history of its own and no replicas; {@link #start} sets it going. */
  public Replication(Parts parts) {
    keyspace = parts.keyspace();
    journal = parts.journal();
    settings = parts.settings();
    clock = parts.clock();
    furtherWork = parts.everySecond();
    NodeState state = parts.state();
    failover = new Failover(parts, replicas);
    signals = new StreamSignals(journal, () -> state.writesPaused(parts.clock().wallMs()));
    acks = new WriteAcks(parts, replicas, signals::requestAcks);
    housekeeping = new Housekeeping(parts, replicas, promised, signals, failover, acks);
    confirmations = new Confirmations(journal, loop, replicas, signals);
    waits =
        new Waits(
            replicas,
            acks,
            signals,
            housekeeping::countGood,
            confirmations::acknowledged,
            this::durableOffset);
    roles =
        new Roles(
            parts,
            loop,
            replicas,
            acks,
            this::durableOffset,
            server -> new Upstream(parts, loop, server),
            housekeeping::promoted);
    failover.roles(roles);
    upstream = roles.upstream();
    staleness = new Staleness(parts, loop, roles);
    fullSyncs = new FullSyncs(parts, promised, source);
    admission = new Admission(journal, settings, fullSyncs, promised);
  }

  /** Takes the role that the configuration gives, before clients come; null: nobody is followed. */
  public void takeRole(@Nullable PrimaryEndpoint primary) {
    roles.take(primary);
  }

  /**
   * Begins to work, after the data was loaded and before commands are let in.
   *
   * @param restored what the loaded snapshot said of its history, null if nothing was loaded
   */
  public void start(SnapshotLoader.@Nullable Loaded restored) {
    acks.configured();
    roles.start(restored);
    loop.every(this::tick, TICK_MS);
  }

  // Roles

  /** Whether this server follows a primary. */
  public boolean isReplica() {
    return roles.isReplica();
  }

  /** The primary this server follows, null if none. */
  public @Nullable PrimaryEndpoint primary() {
    return roles.primary();
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
    return roles.history();
  }

  /** Begins a history under a new name, so that nobody can resume (DEBUG). Any thread. */
  public void renameHistory() {
    loop.execute(roles::beginHistory);
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
    roles.followUnderLocks(primary, true);
  }

  /**
   * Becomes a primary, and keeps that in the configuration; nothing happens on a primary. The
   * caller holds all shards.
   */
  public void promote() {
    settings.remember(null);
    roles.leadUnderLocks();
  }

  /**
   * Changes to the role of a replica; the caller holds all shards. What takes longer follows on the
   * replication loop. Nothing happens if this primary is followed already.
   *
   * @param partial whether our own history and position may be offered
   */
  public void followUnderLocks(PrimaryEndpoint primary, boolean partial) {
    roles.followUnderLocks(primary, partial);
  }

  /**
   * Changes to the role of a primary, with a history of its own that continues the old one; the
   * caller holds all shards. Nothing happens on a primary.
   */
  public void leadUnderLocks() {
    roles.leadUnderLocks();
  }

  /** Handing the role of the primary over to a replica. */
  public Failover failover() {
    return failover;
  }

  // Writes that wait for replicas

  /** The directives of {@code cluster-write-acks} were changed. */
  public void acksConfigured() {
    acks.configured();
  }

  /**
   * The cluster knows this server by this id, and these replicas of it.
   *
   * @param mayBeReplaced whether it may have gone on without this server
   */
  public void shard(String self, List<String> itsReplicas, boolean mayBeReplaced) {
    acks.doubt(mayBeReplaced);
    acks.shard(self, itsReplicas);
  }

  /** Whether this primary does not know yet that it has what it acknowledged before it started. */
  public boolean unconfirmed() {
    return acks.unconfirmed();
  }

  /** What has to be known before this server may take its primary's place. */
  public Succession succession() {
    return upstream.succession();
  }

  // Clients that become replicas

  /** Why a connection cannot synchronise now, as an error reply; null if it can. Any loop. */
  public @Nullable String refusal() {
    if (failover.underway()) {
      return "NOMASTERLINK Can't SYNC while failing over";
    }
    return isReplica() && !upstream.connected()
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
    Replica replica = detach(session, profile, plain);
    replicas.add(replica);
    loop.execute(() -> admit(replica, askedId, askedOffset));
  }

  /**
   * Whether who asks for this shall fetch a snapshot over a second connection, and ask again then.
   * Any loop.
   */
  public boolean redirects(ReplicaProfile profile, String askedId, long askedOffset) {
    return admission.redirects(profile, history(), askedId, askedOffset);
  }

  /**
   * Whether a snapshot goes, or went a moment ago, over the connection of this number. Any loop.
   */
  public boolean knowsSnapshotClient(long id) {
    return promised.known(id);
  }

  /** How many replicas have, or had a moment ago, a snapshot's connection and no main channel. */
  int waitingMainChannels() {
    return promised.size();
  }

  /**
   * Becomes the primary because the present one asks for it, with PSYNC ... FAILOVER, and makes
   * that one a replica. On the session's loop.
   *
   * @param askedId the history that is shared with the present primary
   */
  public void takeOver(Session session, ReplicaProfile profile, String askedId, long askedOffset) {
    Replica replica = detach(session, profile, false);
    loop.execute(
        () -> {
          keyspace.shards().enterSlow(keyspace.shards().all());
          try {
            if (isReplica() && history().id().equalsIgnoreCase(askedId)) {
              LOG.info("Replica {}:{} hands its role over", replica.ip(), replica.port());
              promote();
            }
          } finally {
            keyspace.shards().leave(keyspace.shards().all());
          }
          // Behind what the promotion has left to do here: it lets all replicas go.
          loop.execute(
              () -> {
                replicas.add(replica);
                admit(replica, askedId, askedOffset);
              });
        });
  }

  private Replica detach(Session session, ReplicaProfile profile, boolean plain) {
    boolean gathers = settings.gathersPackets();
    Replica replica = new Replica(session, profile, plain, gathers, journal, clock, waits);
    session.peer(Peer.REPLICA);
    session.link().detach(replica);
    return replica;
  }

  private void admit(Replica replica, String askedId, long askedOffset) {
    if (replica.gone()) {
      replicas.remove(replica);
    } else if (refusal() != null) {
      replica.disconnect("our own primary is out of reach");
    } else {
      admission.admit(replica, history(), askedId, askedOffset);
    }
  }

  // WAIT

  /** How many replicas have acknowledged an offset. */
  public int acknowledged(long offset) {
    return replicas.acknowledged(offset);
  }

  /** Whether all replicas that are online have acknowledged an offset. */
  public boolean allHave(long offset) {
    return replicas.all().stream()
        .allMatch(replica -> !replica.online() || replica.acknowledgedOffset() >= offset);
  }

  /** Asks all replicas how far they are. */
  public void requestAcks() {
    signals.requestAcks(loop);
  }

  /**
   * Sets what is done when a replica is about to get all data: under the locks of all shards, at
   * the position where its stream begins.
   */
  public void onStreamBegin(Runnable action) {
    fullSyncs.onStreamBegin(action);
  }

  /**
   * Makes a client wait until so many replicas have acknowledged an offset; replies with their
   * number then. On its loop.
   */
  public void await(Session session, long offset, long wanted, long timeoutMs) {
    waits.begin(session, offset, wanted, timeoutMs);
  }

  /**
   * Makes a client wait until its writes are on disk, here if that is wanted, and on so many
   * replicas; replies with both then. On its loop.
   */
  public void awaitDisks(Session session, long offset, boolean here, long wanted, long timeoutMs) {
    waits.begin(session, offset, here, wanted, timeoutMs);
  }

  /** Whether a write is on disk, here if that is wanted, and on so many replicas. */
  public boolean durable(long offset, boolean here, long wanted) {
    return waits.durable(offset, here, wanted);
  }

  /** Tells a client whether a write is on disk here, and on how many replicas. */
  public void replyDurable(ReplyWriter to, long offset) {
    waits.replyDurable(to, offset);
  }

  /** Says where this server's own writes come to disk; before {@link #start}. */
  public void appendOnly(Aof file) {
    appendOnly = file;
    file.onDurable(waits::disksChanged);
    file.onDurable(upstream::disksChanged);
  }

  private long durableOffset() {
    Aof file = appendOnly;
    return file == null ? -1 : file.durableOffset();
  }

  /** Commands of the server that its replicas must have before it goes on. */
  public Confirmations confirmations() {
    return confirmations;
  }

  // Timers

  private void tick() {
    try {
      journal.signal();
      failover.tick();
      upstream.tick();
      staleness.tick();
      fullSyncs.tick();
      long nowNs = clock.monotonicNs();
      if (nowNs - lastSecondNs >= SECOND_NS) {
        lastSecondNs = nowNs;
        housekeeping.everySecond(roles, nowNs);
        furtherWork.run();
      }
    } catch (RuntimeException e) {
      LOG.error("Timer of replication failed", e);
    }
  }

  // What others show

  /** The fields of INFO's section, one a line, without its heading. */
  public String info() {
    return ReplicationInfo.text(
        this,
        upstream,
        replicas,
        journal,
        settings,
        staleness,
        roles.lostWrites(),
        clock.monotonicNs());
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
    return roles.positionForSnapshot();
  }

  /** Whether data and journal are at the same place; all shards are held. */
  public boolean inStep() {
    return upstream.inStep();
  }

  @Override
  public void close() {
    staleness.close();
    replicas.disconnectAll("the server ends");
    loop.execute(upstream::lead);
    loop.close();
    acks.close();
    signals.close();
    confirmations.close();
  }
}
