package io.hashslot.persist.aof;

import io.hashslot.dispatch.NodeState;
import io.hashslot.journal.Journal;
import io.hashslot.journal.JournalReader;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.observe.LatencyEvents;
import io.hashslot.persist.snapshot.SnapshotLane;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The append-only file of one server: whether there is one, when it is rewritten, what others may
 * know of it. Any thread may call; nothing here waits but {@link #start}, {@link #finish} and
 * {@link #close}.
 *
 * <p>It is written by {@link AofWriter}, a reader of the journal, and made short again by {@link
 * AofRewrite}, a snapshot whose moment is the beginning of a new file. Switched on at run time, or
 * after the data was replaced by a primary's, it protects nothing until the first rewrite is over.
 */
public final class Aof implements AutoCloseable {
  /**
   * What the append-only file works with.
   *
   * @param inStep whether data and journal are at the same place; asked with all shards held
   * @param fatal ends the process; told why
   */
  public record Parts(
      Keyspace keyspace,
      Journal journal,
      SnapshotLane lane,
      NodeState node,
      LatencyEvents latency,
      Clock clock,
      BooleanSupplier inStep,
      Consumer<String> fatal) {}

  /** What came of the wish for a rewrite. */
  public enum Wish {
    STARTED,
    SCHEDULED,
    ALREADY_RUNNING
  }

  enum State {
    OFF,
    /** On, but nothing is protected until the first rewrite is over. */
    WAITING,
    ON
  }

  private static final Logger LOG = LoggerFactory.getLogger(Aof.class);
  private static final long FINISH_SECONDS = 120;

  private final Parts parts;
  private final AofSettings settings;
  private final AofStore store;
  private final AofWriter writer;
  private final GateKeeper gateKeeper;
  private final RewriteSchedule schedule = new RewriteSchedule();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  private volatile State state = State.OFF;
  private volatile @Nullable JournalReader reader;
  private volatile @Nullable AofRewrite rewrite;
  private volatile boolean wanted;
  private volatile long durable;

  /** Changes whenever what is being rewritten is no longer what is needed. */
  private volatile int era;

  private volatile long rewrites;
  private volatile long startedMs;
  private volatile long lastTookMs = -1;
  private volatile boolean lastSucceeded = true;

  /** An append-only file that is not written yet. */
  public Aof(Parts parts, AofSettings settings) {
    this(parts, settings, AppendedFile.Opener.SYSTEM);
  }

  /** The same, on another disk. */
  Aof(Parts parts, AofSettings settings, AppendedFile.Opener opener) {
    this.parts = parts;
    this.settings = settings;
    store = new AofStore(opener, settings.directory(), Manifest.EMPTY);
    writer = new AofWriter(parts.clock(), new Rules(), new Told());
    gateKeeper = new GateKeeper(parts.node().gate(), parts.journal(), writer, settings);
  }

  private final class Rules implements WritingRules {
    @Override
    public FsyncPolicy fsync() {
      return settings.fsync();
    }

    @Override
    public boolean stamps() {
      return settings.stamps();
    }

    @Override
    public boolean putsOffSync() {
      return settings.noSyncWhileRewriting() && parts.lane().busy();
    }

    @Override
    public boolean diskIsBusy() {
      return parts.lane().busy();
    }
  }

  private final class Told implements WritingObserver {
    @Override
    public void written(long position) {
      gateKeeper.written(position);
    }

    @Override
    public void safe(long position) {
      gateKeeper.safe(position);
    }

    @Override
    public void durable(long position) {
      if (position > durable) {
        durable = position;
        tellListeners();
      }
    }

    @Override
    public void broken(@Nullable String problem) {
      parts
          .node()
          .appendError(
              problem == null ? null : "MISCONF Errors writing to the AOF file: " + problem);
    }

    @Override
    public void lost() {
      dataReplaced();
    }

    @Override
    public void fatal(String problem) {
      parts.fatal().accept(problem);
    }

    @Override
    public void took(String event, long ms) {
      parts.latency().took(event, ms, parts.clock().wallMs());
    }
  }

  // On and off

  /**
   * Begins to write behind what was loaded, before clients come. Waits.
   *
   * @throws IOException if the files cannot be written
   */
  public void start() throws IOException {
    store.reopen(settings.directory());
    if (store.manifest().toLoad().isEmpty()) {
      new AofRewrite(this, parts, settings, store, writer).writeFirstBase();
    }
    AppendedFile file = store.openLast();
    if (!settings.keepsHistory()) {
      store.deleteHistory();
    }
    JournalReader from = parts.journal().openFileReader(writer.wakeup());
    parts.journal().forgetSelectedDb();
    reader = from;
    writer.begin(new AofFile(file, from, -1));
    synchronized (this) {
      state = State.ON;
      judgeGate();
    }
  }

  /**
   * Switches the file on while clients are there: commands go to a temporary file until the first
   * rewrite is over.
   *
   * @throws IOException if that cannot even begin
   */
  public synchronized void switchOn() throws IOException {
    if (state != State.OFF) {
      return;
    }
    store.reopen(settings.directory());
    era++;
    state = State.WAITING;
    wanted = true;
    durable = 0;
    LOG.info("The append-only file was switched on: the first rewrite follows");
    tick();
  }

  /** Switches the file off: what there is, is written and synced; the files stay. */
  public synchronized void switchOff() {
    if (state == State.OFF) {
      return;
    }
    boolean first = state == State.WAITING;
    era++;
    state = State.OFF;
    wanted = false;
    giveUpRewrite();
    if (!first) {
      // Nobody is told anything, this change included, before all is synced that was promised.
      gateKeeper.judge(true, false, durable);
    }
    gateKeeper.settle();
    var unused =
        writer
            .stop()
            .whenComplete(
                (_, _) -> {
                  settled();
                  if (first) {
                    store.dropTemporary();
                  }
                });
    tellListeners();
  }

  /** The policy of syncing was changed. */
  public synchronized void policyChanged() {
    if (settings.fsync() == FsyncPolicy.ALWAYS) {
      judgeGate();
    } else {
      // What was promised under the old one is kept first.
      gateKeeper.settle();
      var unused = writer.flush().whenComplete((_, _) -> settled());
    }
  }

  private synchronized void settled() {
    gateKeeper.settled();
    judgeGate();
  }

  private synchronized void judgeGate() {
    boolean syncs = settings.fsync() == FsyncPolicy.ALWAYS;
    gateKeeper.judge(state == State.ON && syncs, state != State.OFF && !syncs, durable);
    writer.wake();
  }

  /** The journal was restarted: a primary's data is coming, and what the files hold is not it. */
  private synchronized void dataReplaced() {
    if (state == State.OFF) {
      return;
    }
    era++;
    state = State.WAITING;
    wanted = true;
    durable = 0;
    judgeGate();
    tellListeners();
  }

  // Rewriting

  /**
   * Wishes for a rewrite.
   *
   * @param later whether it must not begin at once, as within a transaction
   */
  public synchronized Wish rewrite(boolean later) {
    if (rewrite != null) {
      return Wish.ALREADY_RUNNING;
    }
    if (later || parts.lane().busy()) {
      wanted = true;
      schedule.forgive();
      return Wish.SCHEDULED;
    }
    beginRewrite();
    return Wish.STARTED;
  }

  /** Begins what is due. Call several times a second. */
  public synchronized void tick() {
    judgeGate();
    if (rewrite != null || parts.lane().busy() || parts.node().loading()) {
      return;
    }
    long nowMs = parts.clock().wallMs();
    if (wanted) {
      if (!schedule.limited(nowMs)) {
        beginRewrite();
      }
    } else if (state == State.WAITING) {
      wanted = true;
    } else if (state == State.ON) {
      long growth =
          RewriteSchedule.growth(
              size(),
              store.grownFromBytes(),
              settings.rewritePercentage(),
              settings.rewriteMinBytes());
      if (growth >= 0 && !schedule.limited(nowMs)) {
        LOG.info("Starting automatic rewriting of AOF on {}% growth", growth);
        beginRewrite();
      }
    }
  }

  private void beginRewrite() {
    wanted = false;
    AofRewrite next = new AofRewrite(this, parts, settings, store, writer);
    rewrite = next;
    rewrites++;
    startedMs = parts.clock().wallMs();
    parts.lane().execute(SnapshotLane.Work.REWRITE, next::run);
  }

  /** What a rewrite has to do with the file that is being written. */
  record Moment(State state, int era, @Nullable JournalReader reader) {
    boolean writing() {
      return state == State.ON;
    }

    boolean first() {
      return state == State.WAITING;
    }
  }

  /** All shards are held: says what the file is at the moment of a cut. */
  synchronized Moment moment() {
    if (state == State.WAITING) {
      reader = parts.journal().openFileReader(writer.wakeup());
    }
    return new Moment(state, era, reader);
  }

  /** Whether what has been rewritten is still what is needed. */
  boolean current(Moment moment) {
    return moment.era == era;
  }

  /** The first rewrite is over and in place: everything is protected from now on. */
  synchronized void protect(Moment moment) {
    if (current(moment) && state == State.WAITING) {
      state = State.ON;
      judgeGate();
      LOG.info("The append-only file protects the data from now on");
      tellListeners();
    }
  }

  /** Gives up the rewrite under way, if there is one: that is no failure. */
  public void giveUpRewrite() {
    AofRewrite running = rewrite;
    if (running != null) {
      running.cancel();
    }
  }

  /** A rewrite is over. */
  synchronized void rewritten(boolean success, boolean cancelled) {
    long nowMs = parts.clock().wallMs();
    lastTookMs = Math.max(0, nowMs - startedMs);
    rewrite = null;
    if (success) {
      lastSucceeded = true;
      schedule.succeeded();
    } else if (!cancelled) {
      lastSucceeded = false;
      schedule.failed(nowMs);
    }
  }

  // What others may know

  /** Adds somebody who is told whenever {@link #durableOffset} has changed, on any thread. */
  public void onDurable(Runnable listener) {
    listeners.add(listener);
  }

  private void tellListeners() {
    for (Runnable listener : listeners) {
      listener.run();
    }
  }

  /** Whether the file is switched on, be it that the first rewrite is not over yet. */
  public boolean enabled() {
    return state != State.OFF;
  }

  /** Whether the first rewrite is not over yet: the data is not protected. */
  public boolean waitsForFirstRewrite() {
    return state == State.WAITING;
  }

  /** Whether a rewrite is under way. */
  public boolean rewriting() {
    return rewrite != null;
  }

  /**
   * The replication offset up to which everything survives a loss of power; 0 until the first
   * rewrite is over, -1 without append-only file.
   */
  public long durableOffset() {
    return switch (state) {
      case OFF -> -1;
      case WAITING -> 0;
      case ON -> durable;
    };
  }

  /** Length of all files that would be loaded, bytes. */
  public long size() {
    return store.finishedBytes() + writer.size();
  }

  /** What INFO tells of it. */
  public AofFigures figures() {
    return new AofFigures(
        enabled(),
        rewriting(),
        wanted && !rewriting(),
        lastTookMs < 0 ? -1 : lastTookMs / 1000,
        rewriting() ? (parts.clock().wallMs() - startedMs) / 1000 : -1,
        lastSucceeded,
        rewrites,
        schedule.failures(),
        writer.healthy(),
        waitsForFirstRewrite(),
        size(),
        store.grownFromBytes(),
        writer.bufferedBytes(),
        writer.syncing() ? 1 : 0,
        writer.delayedSyncs());
  }

  // The end

  /**
   * Before the server ends: writes and syncs everything. Waits.
   *
   * @return false if that was not possible, or the first rewrite is not over
   */
  public boolean finish() {
    if (state == State.OFF) {
      return true;
    }
    if (state == State.WAITING) {
      LOG.warn("Writing initial AOF. Can't exit.");
      return false;
    }
    giveUpRewrite();
    return flush();
  }

  /** Writes and syncs everything there is. Waits; false if that was not possible. */
  public boolean flush() {
    try {
      writer.flush().get(FINISH_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException | TimeoutException problem) {
      LOG.error("The append-only file cannot be finished", problem);
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Writes and syncs what there is, and ends. After the snapshot lane was closed. */
  @Override
  public void close() {
    giveUpRewrite();
    writer.close();
  }
}
