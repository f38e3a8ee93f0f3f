package io.hashslot.replication;

import io.hashslot.journal.Journal;
import io.hashslot.journal.ReplicationHistory;
import io.hashslot.persist.snapshot.SnapshotLoader;
import io.hashslot.session.Traffic;
import io.hashslot.time.Clock;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Being a replica: finds the primary again and again, takes its snapshot, applies its stream,
 * acknowledges. Confined to the replication loop; what others may see is volatile.
 */
final class Upstream implements PrimaryLink.Host {
  private static final Logger LOG = LoggerFactory.getLogger(Upstream.class);
  private static final long SECOND_NS = 1_000_000_000L;

  private final ReplicationLoop loop;
  private final Journal journal;
  private final ReplicationSettings settings;
  private final Clock clock;
  private final UpstreamServer server;
  private final Traffic traffic;
  private final StreamApplier applier;
  private final SnapshotIntake intake;
  private final SlotMarks slotMarks;

  private volatile @Nullable PrimaryEndpoint primary;
  private volatile LinkState state = LinkState.NONE;
  private volatile @Nullable PrimaryLink link;
  private volatile @Nullable PrimaryStream stream;
  private volatile long downSinceNs = -1;
  private volatile boolean halted;
  private volatile boolean positionKnown = true;
  private final Succession succession;
  private final Acknowledger acknowledger;
  private long nextTryNs;
  private long lastAckNs;
  private @Nullable String comingId;
  private long comingOffset;
  private @Nullable Successor successor;

  /** The primary's history is called so on the main channel of two, null: the same. */
  private @Nullable String renamedTo;

  /** What came, or comes, of the stream beside a snapshot, the last time; null: never yet. */
  private volatile @Nullable EarlyStream early;

  /** The snapshot is loaded, and its stream has not begun. */
  private boolean snapshotLoaded;

  Upstream(Replication.Parts parts, ReplicationLoop loop, UpstreamServer server) {
    this.loop = loop;
    this.server = server;
    journal = parts.journal();
    settings = parts.settings();
    clock = parts.clock();
    traffic = parts.sessions().upstream();
    succession = new Succession(parts.clock());
    acknowledger = new Acknowledger(() -> link, server::durableOffset, succession);
    slotMarks = parts.slotMarks();
    applier = new StreamApplier(parts, loop, this::resume, this::killed);
    intake = new SnapshotIntake(parts, loop, server::dataReplaced);
  }

  @Nullable PrimaryEndpoint primary() {
    return primary;
  }

  /** What must be known before this server may take its primary's place. */
  Succession succession() {
    return succession;
  }

  LinkState state() {
    return state;
  }

  boolean connected() {
    return state == LinkState.CONNECTED;
  }

  /** Monotonic time since which the link is down, -1 if it never was up or is up. */
  long downSinceNs() {
    return downSinceNs;
  }

  /**
   * Milliseconds since the primary was heard, or since the link went down; {@link Long#MAX_VALUE}
   * if it never was up.
   */
  long silenceMs() {
    PrimaryLink current = link;
    long nowNs = clock.monotonicNs();
    if (connected() && current != null) {
      return (nowNs - current.lastInputNs()) / 1_000_000;
    }
    long since = downSinceNs;
    return since < 0 ? Long.MAX_VALUE : (nowNs - since) / 1_000_000;
  }

  /** Seconds since the primary last sent anything, -1 without a link. */
  long idleSeconds() {
    PrimaryLink current = link;
    return current == null || !connected()
        ? -1
        : (clock.monotonicNs() - current.lastInputNs()) / SECOND_NS;
  }

  /** The snapshot on its way, null if there is none. */
  @Nullable SnapshotTransfer transfer() {
    PrimaryLink current = link;
    return state == LinkState.SYNC && current != null ? current.transfer() : null;
  }

  /** Bytes of the stream that wait for a snapshot which comes beside it. */
  long earlyBytes() {
    EarlyStream last = early;
    return last == null ? 0 : last.bytes();
  }

  /** Most bytes that waited for the last such snapshot. */
  long earlyPeakBytes() {
    EarlyStream last = early;
    return last == null ? 0 : last.peakBytes();
  }

  /**
   * Whether data and journal are in step: no command of the stream is between its effect and its
   * bytes in the journal.
   */
  boolean inStep() {
    return !journal.streamTurn().underway();
  }

  /** Offset up to which bytes came from the primary. */
  long readOffset() {
    PrimaryStream current = stream;
    return current == null ? journal.end() : current.readOffset();
  }

  /**
   * Applies nothing more of the present stream, until {@link #follow}. Any thread; with all shards
   * held it returns when data and journal are in step.
   */
  void halt() {
    halted = true;
    while (!inStep()) {
      Thread.onSpinWait();
    }
  }

  /** Whether the position in a primary's stream is known: where it would be asked to go on. */
  boolean positionKnown() {
    return positionKnown;
  }

  /**
   * Follows a primary from now on.
   *
   * @param partial whether our own position may be offered
   * @param answer who hears whether it takes our role over; null: it has the role
   */
  void follow(PrimaryEndpoint next, boolean partial, @Nullable Successor answer) {
    stop();
    halted = false;
    succession.follows(next);
    positionKnown = positionKnown && partial;
    primary = next;
    successor = answer;
    state = LinkState.CONNECT;
    nextTryNs = clock.monotonicNs();
    tick();
  }

  /** Follows nobody: our own history is one to continue from again. */
  void lead() {
    stop();
    positionKnown = true;
  }

  private void stop() {
    primary = null;
    successor = null;
    PrimaryLink current = link;
    if (current != null) {
      current.abandon();
    }
    ended();
    state = LinkState.NONE;
    downSinceNs = -1;
  }

  /** Timers: several times a second. */
  void tick() {
    long nowNs = clock.monotonicNs();
    PrimaryLink current = link;
    if (current == null) {
      if (primary != null && !intake.busy() && nowNs - nextTryNs >= 0) {
        connect(nowNs);
      }
      return;
    }
    boolean loads = current.snapshotDone() && intake.busy();
    if (!loads && !intake.holdsUp()) {
      if (nowNs - current.lastInputNs() > settings.timeoutSeconds() * SECOND_NS) {
        current.lose("nothing came for " + settings.timeoutSeconds() + " s", false);
        return;
      }
    }
    if (nowNs - lastAckNs >= SECOND_NS) {
      lastAckNs = nowNs;
      acknowledger.say(journal.end());
      if (intake.busy()) {
        current.signOfLife();
      }
    }
  }

  /** More is on disk: the primary may wait for it. Any thread, also when this server ends. */
  void disksChanged() {
    if (acknowledger.owesDurable()) {
      loop.executeIfOpen(() -> acknowledger.sayDurable(journal.end()));
    }
  }

  /** Somebody wants the link closed; it comes back by itself. */
  private void killed() {
    PrimaryLink current = link;
    if (current != null) {
      current.lose("closed by a client", false);
    }
  }

  private int timeoutMs() {
    return (int) Math.min(Integer.MAX_VALUE, settings.timeoutSeconds() * 1000);
  }

  private void resume() {
    loop.execute(
        () -> {
          PrimaryLink current = link;
          if (current != null) {
            current.resume();
          }
        });
  }

  private void connect(long nowNs) {
    PrimaryEndpoint target = primary;
    if (target == null) {
      return;
    }
    state = LinkState.CONNECTING;
    LOG.info("Connecting to primary {}:{}", target.host(), target.port());
    boolean partial = positionKnown;
    ReplicaHandshake handshake =
        new ReplicaHandshake(
            settings.handshake().as(server.node()),
            partial ? server.offeredId() : "?",
            partial ? journal.end() + 1 : -1,
            successor != null);
    UpstreamChannel channel = new UpstreamChannel(clock, traffic, settings);
    PrimaryLink next = new PrimaryLink(channel, this, handshake, nowNs);
    link = next;
    channel.connect(
        loop.netty(),
        target,
        timeoutMs(),
        next,
        () -> {
          if (link == next) {
            state = LinkState.HANDSHAKE;
            next.connected();
          }
        },
        reason -> {
          if (link == next) {
            next.lose("cannot connect: " + reason, false);
          }
        });
  }

  @Override
  public void connectForSnapshot() {
    PrimaryEndpoint target = primary;
    PrimaryLink current = link;
    if (target == null || current == null) {
      return;
    }
    LOG.info("The snapshot comes over a connection of its own");
    early = current.early();
    state = LinkState.SYNC;
    new SnapshotConnection(current)
        .open(new UpstreamChannel(clock, traffic, settings), loop.netty(), target, timeoutMs());
  }

  @Override
  public long earlyLimitBytes() {
    return settings.outputHardLimitBytes();
  }

  @Override
  public void soon(Runnable task) {
    loop.execute(task);
  }

  @Override
  public void mainContinues(@Nullable String newId) {
    renamedTo = newId;
    loop.execute(this::startLoaded);
  }

  @Override
  public SnapshotTransfer.Sink snapshotBegins(@Nullable String id, long offset) throws IOException {
    refuse(id);
    LOG.info("Full synchronisation with the primary's history {} at offset {}", id, offset);
    takenOver();
    PrimaryEndpoint successor = primary;
    if (successor != null) {
      server.lostWrites().replaced(successor);
    }
    state = LinkState.SYNC;
    comingId = id;
    comingOffset = offset;
    boolean sameHistory = id != null && id.equals(server.offeredId());
    return intake.begin(sameHistory, new Intake(link));
  }

  @Override
  public void snapshotComplete() throws IOException {
    intake.complete(new Intake(link));
  }

  /** What the snapshot of one link does to this server. */
  private final class Intake implements SnapshotIntake.Host {
    private final @Nullable PrimaryLink mine;

    Intake(@Nullable PrimaryLink mine) {
      this.mine = mine;
    }

    @Override
    public void dataGoes() {
      server.dropReplicas("the data is replaced by the primary's");
      positionKnown = false;
      succession.dataGoes();
    }

    @Override
    public void loading(boolean yes, boolean readable) {
      server.loading(yes, readable);
    }

    @Override
    public void loaded(SnapshotLoader.@Nullable Loaded result, String problem) {
      if (mine == null || mine != link || halted) {
        if (result != null) {
          positionKnown = false; // other data, and nobody who says where it stands
        }
        return; // another primary, or none, by now
      }
      if (result == null) {
        mine.lose("the snapshot could not be loaded: " + problem, !positionKnown);
      } else {
        Upstream.this.loaded(mine, result);
      }
    }

    @Override
    public void reading(boolean on) {
      if (mine != null && mine == link) {
        mine.reading(on);
      }
    }
  }

  private void loaded(PrimaryLink current, SnapshotLoader.Loaded result) {
    LOG.info("Loaded {} keys from the primary", result.keys());
    server.dropReplicas("the data was replaced by the primary's");
    String id = comingId;
    positionKnown = id != null;
    if (id != null) {
      server.history(ReplicationHistory.of(id));
    }
    slotMarks.adopt(result.slotStates());
    journal.restartAt(Math.max(0, comingOffset));
    journal.follow();
    journal.backlog().open();
    journal.appendStream(Math.max(0, result.streamDb()), 0, 0);
    applier.restart(Math.max(0, result.streamDb()), current.peer(), current.local());
    snapshotLoaded = true;
    startLoaded();
  }

  /** Leaves a primary that has forgotten what it acknowledged; the cluster decides what to do. */
  private void refuse(@Nullable String id) throws IOException {
    boolean bound = settings.writeAcks(1) > 0;
    if (bound && succession.refuses(id, server.history().id())) {
      throw new IOException("it has started anew, and may have less than what is here");
    }
  }

  @Override
  public PrimaryStream resumed(@Nullable String newId) throws IOException {
    if (newId != null) {
      refuse(newId);
    }
    if (!halted) {
      server.continued(newId);
    }
    LOG.info("Partial synchronisation from offset {}", journal.end());
    server.lostWrites().nothingLost();
    takenOver();
    journal.backlog().open();
    PrimaryLink current = link;
    applier.restart(
        Math.max(0, journal.selectedDb()),
        current == null ? "" : current.peer(),
        current == null ? "" : current.local());
    return inStepWithPrimary();
  }

  private void takenOver() {
    Successor asked = successor;
    successor = null;
    if (asked != null) {
      asked.accepted();
    }
  }

  /** Begins with the stream once the snapshot is loaded and the stream comes. */
  private void startLoaded() {
    PrimaryLink current = link;
    if (!snapshotLoaded || current == null || !current.streamFollows()) {
      return;
    }
    snapshotLoaded = false;
    if (renamedTo != null) {
      server.history(server.history().renamed(renamedTo, journal.end()));
    }
    current.startStream(inStepWithPrimary());
    acknowledger.say(journal.end());
  }

  private PrimaryStream inStepWithPrimary() {
    PrimaryStream next = new PrimaryStream(journal, applier, acknowledger, () -> halted);
    stream = next;
    succession.inStep();
    state = LinkState.CONNECTED;
    downSinceNs = -1;
    lastAckNs = clock.monotonicNs();
    server.linkUp(true);
    return next;
  }

  @Override
  public void lost(String reason, boolean forget) {
    LOG.warn("Link with the primary lost: {}", reason);
    boolean wasUp = connected();
    PrimaryLink ending = link;
    Successor asked = ending != null && ending.psyncSent() ? successor : null;
    ended();
    if (forget) {
      positionKnown = false;
    }
    state = primary == null ? LinkState.NONE : LinkState.CONNECT;
    long nowNs = clock.monotonicNs();
    if (wasUp) {
      downSinceNs = nowNs;
      nextTryNs = nowNs;
      loop.execute(this::tick);
    } else {
      nextTryNs = nowNs + SECOND_NS;
    }
    if (asked != null) {
      successor = null;
      asked.refused(reason);
    }
  }

  private void ended() {
    link = null;
    stream = null;
    renamedTo = null;
    snapshotLoaded = false;
    server.linkUp(false);
    applier.end();
    intake.abandon();
  }
}
