package io.hashslot.replication;

import io.hashslot.dispatch.NodeState;
import io.hashslot.journal.Journal;
import io.hashslot.journal.ReplicationHistory;
import io.hashslot.persist.snapshot.Saver;
import io.hashslot.persist.snapshot.SnapshotLoader;
import io.hashslot.session.Session;
import io.hashslot.session.Sessions;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The role of this server, whom it follows, and the history that its offsets count. Changes happen
 * with all shards held: no write is under way, the journal's mode, the history and the mark that
 * requests are judged by change together. Reading is free to all threads.
 */
final class Roles implements UpstreamServer {
  private static final Logger LOG = LoggerFactory.getLogger(Roles.class);
  private static final String ROLE_CHANGED =
      "UNBLOCKED force unblock from blocking operation, instance state changed (master ->"
          + " replica?)";

  private final Journal journal;
  private final NodeState state;
  private final Sessions sessions;
  private final RandomGenerator random;
  private final ReplicationLoop loop;
  private final Replicas replicas;
  private final Upstream upstream;
  private final Runnable afterPromotion;
  private final LongSupplier durable;
  private final WriteAcks acks;
  private final LostWrites lostWrites;
  private volatile ReplicationHistory history;
  private volatile boolean replica;
  private volatile @Nullable PrimaryEndpoint primary;

  /**
   * The name under which our history is offered to primaries, null if that is its own: after a
   * promotion that nothing was written under, until a primary takes us on.
   */
  private volatile @Nullable String olderName;

  /** Database in which the former history ends; under all locks. */
  private int formerDb = -1;

  /** How replicas are made to follow: what {@link Upstream} is built of beside its server. */
  @FunctionalInterface
  interface Upstreams {
    Upstream of(UpstreamServer server);
  }

  /**
   * A primary with a history of its own.
   *
   * @param acks what is promised to clients while this server leads
   * @param durable up to where everything is on disk; -1 without append-only file
   * @param afterPromotion runs on the replication loop whenever this server has become a primary
   */
  Roles(
      Replication.Parts parts,
      ReplicationLoop loop,
      Replicas replicas,
      WriteAcks acks,
      LongSupplier durable,
      Upstreams upstreams,
      Runnable afterPromotion) {
    journal = parts.journal();
    state = parts.state();
    sessions = parts.sessions();
    random = parts.random();
    this.loop = loop;
    this.replicas = replicas;
    this.acks = acks;
    lostWrites = new LostWrites(parts);
    this.durable = durable;
    this.afterPromotion = afterPromotion;
    history = ReplicationHistory.begin(random);
    upstream = upstreams.of(this);
  }

  Upstream upstream() {
    return upstream;
  }

  /** Whether this server follows a primary. */
  boolean isReplica() {
    return replica;
  }

  /** The primary this server follows, null if none. */
  @Nullable PrimaryEndpoint primary() {
    return primary;
  }

  @Override
  public ReplicationHistory history() {
    return history;
  }

  @Override
  public void history(ReplicationHistory next) {
    history = next;
    olderName = null;
  }

  @Override
  public String offeredId() {
    String older = olderName;
    return older == null ? history.id() : older;
  }

  @Override
  public void continued(@Nullable String newId) {
    ReplicationHistory shared = inOlderName();
    ReplicationHistory next = newId == null ? shared : shared.renamed(newId, journal.end());
    boolean renamed = !next.id().equals(history.id());
    history(next);
    if (renamed) {
      LOG.info("The primary's history continues as {}", next.id());
      replicas.endStreamsAt(journal.end());
      replicas.disconnectAll("the primary's history has another name");
    }
  }

  /** Our history by the name that primaries are asked for. */
  private ReplicationHistory inOlderName() {
    String older = olderName;
    return older == null ? history : ReplicationHistory.of(older);
  }

  /** Begins a history under a new name, so that nobody can resume. */
  void beginHistory() {
    history(ReplicationHistory.begin(random));
  }

  @Override
  public void dropReplicas(String reason) {
    replicas.endStreamsAt(journal.end());
    replicas.disconnectAll(reason);
  }

  @Override
  public void loading(boolean yes, boolean readable) {
    state.loading(yes, readable);
  }

  @Override
  public void dataReplaced() {
    state.dataReplaced();
    // The stream so far does not lead to what will be there.
    journal.restartAt(journal.end());
  }

  @Override
  public void linkUp(boolean yes) {
    state.primaryLinkUp(yes);
  }

  @Override
  public @Nullable String node() {
    return acks.self();
  }

  @Override
  public long durableOffset() {
    return durable.getAsLong();
  }

  /** Takes the first role, before anybody can ask for it; null: nobody is followed. */
  void take(@Nullable PrimaryEndpoint first) {
    if (first != null) {
      replica = true;
      primary = first;
      journal.follow();
      state.primaryLinkUp(false);
      state.follow(first.address());
      acks.follow();
    }
  }

  /**
   * Goes on where the loaded data ends, and begins to follow the primary if there is one.
   *
   * @param restored what the loaded snapshot said of its history, null if nothing was loaded
   */
  void start(SnapshotLoader.@Nullable Loaded restored) {
    String id = restored == null ? null : restored.replicationId();
    boolean known = false;
    if (restored != null && id != null && restored.streamDb() >= 0) {
      known = true;
      journal.restartAt(restored.replicationOffset());
      if (replica) {
        history = ReplicationHistory.of(id);
        journal.appendStream(restored.streamDb(), 0, 0);
      } else {
        history = ReplicationHistory.of(id).promoted(restored.replicationOffset(), random);
        formerDb = restored.streamDb();
        journal.backlog().open();
      }
    }
    PrimaryEndpoint first = primary;
    boolean partial = known;
    if (first != null) {
      loop.execute(() -> upstream.follow(first, partial, null));
    }
  }

  /**
   * Changes to the role of a replica; the caller holds all shards. What takes longer follows on the
   * replication loop. Nothing happens if this primary is followed already.
   *
   * @param partial whether our own history and position may be offered
   */
  void followUnderLocks(PrimaryEndpoint next, boolean partial) {
    if (replica && next.equals(primary)) {
      return;
    }
    boolean unused = !replica && history.formerEndOffset() == journal.end() + 1;
    if (unused && replicas.find(next) == null) {
      // Nothing was written under the new id, so the position is as good in the former history,
      // which others know.
      olderName = history.formerId();
      journal.follow();
      // What comes next stands in the database that the former history stood in.
      journal.appendStream(formerDb, 0, 0);
    }
    follow(next, partial, null);
  }

  /**
   * Hands the role of the primary over to a replica of ours that has everything, and follows it;
   * the caller holds all shards.
   */
  void handOverUnderLocks(PrimaryEndpoint successor, Successor answer) {
    follow(successor, true, answer);
  }

  /** What this server had written alone when it stopped being the primary. */
  @Override
  public LostWrites lostWrites() {
    return lostWrites;
  }

  private void follow(PrimaryEndpoint next, boolean partial, @Nullable Successor answer) {
    boolean wasReplica = replica;
    if (!wasReplica) {
      Replica successor = replicas.find(next);
      lostWrites.demoted(history.id(), successor == null ? 0 : successor.acknowledgedOffset());
    }
    upstream.halt();
    primary = next;
    replica = true;
    acks.follow();
    journal.follow();
    state.primaryLinkUp(false);
    state.follow(next.address());
    loop.execute(
        () -> {
          if (!next.equals(primary)) {
            return; // changed again meanwhile
          }
          LOG.info("Following {}:{}", next.host(), next.port());
          if (!wasReplica) {
            unblockClients();
          }
          upstream.follow(next, partial, answer);
        });
  }

  /**
   * Changes to the role of a primary, with a history of its own that continues the old one; the
   * caller holds all shards. Nothing happens on a primary.
   */
  void leadUnderLocks() {
    if (!replica) {
      return;
    }
    upstream.halt();
    primary = null;
    replica = false;
    history(inOlderName().promoted(journal.end(), random));
    // They know the history by its former name, under which nothing more may reach them.
    replicas.endStreamsAt(journal.end());
    formerDb = journal.selectedDb();
    journal.lead();
    acks.lead(upstream.succession());
    lostWrites.nothingLost();
    state.replica(false);
    state.primaryLinkUp(true);
    loop.execute(
        () -> {
          LOG.info("Promoted to primary: history {} from offset {}", history.id(), journal.end());
          upstream.lead();
          state.primaryLinkUp(true);
          afterPromotion.run();
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

  /**
   * What the snapshot for new replicas stands for, whose backlog begins here if there was none; all
   * shards are held.
   */
  FullSyncs.Position positionOfCut() {
    int streamDb = 0;
    if (replica) {
      streamDb = Math.max(0, journal.selectedDb());
    } else {
      if (!journal.backlog().isOpen()) {
        beginHistory();
      }
      journal.forgetSelectedDb();
    }
    journal.backlog().open();
    return new FullSyncs.Position(history.id(), journal.end(), streamDb);
  }

  /**
   * What a snapshot of this moment has to say of its history; null if there is nothing to say. All
   * shards are held.
   */
  Saver.@Nullable Position positionForSnapshot() {
    if (!journal.backlog().isOpen()) {
      return null;
    }
    return new Saver.Position(offeredId(), journal.end(), Math.max(0, journal.selectedDb()));
  }
}
