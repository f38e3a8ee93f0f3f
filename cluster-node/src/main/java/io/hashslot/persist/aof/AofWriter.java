package io.hashslot.persist.aof;

import io.hashslot.journal.JournalMark;
import io.hashslot.journal.JournalReader;
import io.hashslot.journal.Wakeup;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the journal to disk: a thread, and while that is quick the loops of clients themselves.
 *
 * <h2>always</h2>
 *
 * Everything the journal has is written, then synced, then declared safe: one sync for all who have
 * written meanwhile. Their replies wait at the gate, nobody's thread does. As long as a sync takes
 * next to no time, the loop that has something to be written does all that itself at the end of its
 * batch ({@link LoopTurns}). An error ends the process, as it does in Redis: it cannot be said what
 * the disk holds.
 *
 * <h2>everysec and no</h2>
 *
 * What was appended is written soon, as {@link WriteDelay} has it. The sync, about once a second,
 * runs on a second thread, since it may take long. Errors do not end anything: writes of clients
 * are refused and it is tried again every second.
 *
 * <h2>Orders</h2>
 *
 * Files are opened, exchanged and closed by this thread alone; others ask for it with orders. The
 * exchange at a cut: the reader stops at the mark, the old file is finished and synced up to there,
 * only then the next one is made known and written. So no file but the last can lack its end.
 */
final class AofWriter implements AutoCloseable, LoopTurns.Turns {
  private static final Logger LOG = LoggerFactory.getLogger(AofWriter.class);
  private static final long SECOND_NS = 1_000_000_000L;
  private static final long FOREVER_NS = 3600 * SECOND_NS;

  /** More than that a loop leaves to the thread. */
  private static final int LOOP_BYTES = 1 << 20;

  /** Slices that are written before orders and syncs are looked at again. */
  private static final int SLICES_A_TURN = 64;

  private static final int ALL_SLICES = Integer.MAX_VALUE;

  private final Clock clock;
  private final WritingRules rules;
  private final WritingObserver observer;
  private final WriteTroubles troubles;
  private final WriteDelay delay = new WriteDelay();
  private final Orders orders = new Orders(this::wake);
  private final BackgroundSync sync = new BackgroundSync();
  private final LoopTurns loopTurns = new LoopTurns(this);
  private final Thread thread;

  /** Changed by the thread alone. */
  private volatile @Nullable AofFile file;

  private @Nullable Exchange exchange;
  private volatile boolean ended;
  private long lastSyncNs;
  private volatile long size;

  AofWriter(Clock clock, WritingRules rules, WritingObserver observer) {
    this.clock = clock;
    this.rules = rules;
    this.observer = observer;
    troubles = new WriteTroubles(clock, observer);
    thread = Thread.ofPlatform().name("aof").daemon().start(this::run);
  }

  /** Something may be there to do. Any thread. */
  @Override
  public void wake() {
    LockSupport.unpark(thread);
  }

  /** What is to be told when the journal has more. */
  Wakeup wakeup() {
    return loopTurns;
  }

  @Override
  public boolean forLoops() {
    AofFile now = file;
    boolean ordinary = !ended && exchange == null && orders.isEmpty();
    return now != null
        && ordinary
        && rules.fsync() == FsyncPolicy.ALWAYS
        && !now.reader().dropped()
        && now.reader().lagBytes() <= LOOP_BYTES;
  }

  @Override
  public boolean take() {
    return turn(false) == FOREVER_NS;
  }

  /** Goes on with a file, when what was ordered before is done. */
  void begin(AofFile next) {
    orders.add(
        () -> {
          finish();
          begun(next);
        });
  }

  /**
   * Begins a file where a reader stands, when what was ordered before is done; the result tells
   * when it is there.
   *
   * @param selectedDb database that the stream stands in there, -1 if it says so itself
   */
  CompletableFuture<Void> begin(JournalReader reader, int selectedDb, Exchange.NextFile next) {
    return orders.done(
        () -> {
          finish();
          try {
            begun(new AofFile(next.open(), reader, selectedDb));
          } catch (IOException problem) {
            reader.close();
            throw problem;
          }
        });
  }

  private void begun(AofFile next) {
    file = next;
    size = next.size();
    lastSyncNs = clock.monotonicNs();
    observer.durable(next.position());
  }

  /** Goes on with another file at a mark; the result tells when that is done. */
  CompletableFuture<Void> exchangeAt(JournalMark mark, Exchange.NextFile next) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    orders.add(
        () -> {
          if (file == null) {
            done.completeExceptionally(new IOException("nothing is written any more"));
          } else {
            exchange = new Exchange(mark, next, done);
          }
        });
    return done;
  }

  /**
   * Makes an exchange that has not happened happen at once, though the present file could not be
   * finished: what it lacks is not needed, since whoever makes the next one known also makes known
   * where the data of the mark stands. If that fails nothing changes.
   *
   * @return whether it was made; it may have happened before, or have been taken back
   */
  CompletableFuture<Boolean> exchangeUnfinished(Exchange.NextFile next) {
    AtomicBoolean made = new AtomicBoolean();
    Orders.Step exchanging =
        () -> {
          AofFile old = file;
          Exchange now = exchange;
          if (old != null && now != null) {
            AppendedFile opened = next.open();
            exchange = null;
            old.skipToMark();
            goOnWith(opened, old, now.mark());
            troubles.forget();
            observer.durable(now.mark().position());
            now.done().complete(null);
            made.set(true);
          }
        };
    return orders.done(exchanging).thenApply(_ -> made.get());
  }

  /** Takes an exchange back that has not happened. */
  void cancelExchange() {
    orders.add(() -> giveUpExchange("it could not be written up to there"));
  }

  /** Runs something on the thread once all that is in the journal now is written and synced. */
  CompletableFuture<Void> flush() {
    return orders.done(this::writeAll);
  }

  /** Writes and syncs what there is, closes the file, and writes no more. */
  CompletableFuture<Void> stop() {
    return orders.done(this::finish);
  }

  /** Length of the present file in bytes. Any thread. */
  long size() {
    return size;
  }

  /** Bytes in the journal that are not in the file yet. Any thread. */
  long bufferedBytes() {
    AofFile now = file;
    return now == null ? 0 : now.reader().lagBytes();
  }

  /** Whether a sync is under way beside the writing. Any thread. */
  boolean syncing() {
    return sync.underway();
  }

  /** How often something was written though a sync was under way, as it had lasted too long. */
  long delayedSyncs() {
    return delay.delayedSyncs();
  }

  /** Whether the last write succeeded. Any thread. */
  boolean healthy() {
    return troubles.none();
  }

  private void run() {
    while (!ended) {
      long waitNs;
      boolean missed;
      loopTurns.enter();
      try {
        waitNs = turn(true);
      } finally {
        missed = loopTurns.leave();
      }
      if (orders.isEmpty() && !ended && waitNs > 0 && !missed) {
        LockSupport.parkNanos(this, waitNs);
      }
    }
    troubles.reportFatal();
  }

  private long turn(boolean withOrders) {
    try {
      if (withOrders) {
        orders.carryOut();
      }
      return turn();
    } catch (RuntimeException | Error fault) {
      end(fault);
      return 0;
    }
  }

  /** Ends the writing; the thread says why. */
  private void end(Throwable why) {
    troubles.fatal(why);
    ended = true;
  }

  /** Returns how long there is nothing to do, if nobody wakes the thread. */
  private long turn() {
    AofFile now = file;
    if (now == null) {
      return FOREVER_NS;
    }
    if (now.reader().dropped()) {
      lose(now);
      return FOREVER_NS;
    }
    long nowNs = clock.monotonicNs();
    long pauseNs = troubles.pauseNs(nowNs);
    if (pauseNs > 0) {
      return pauseNs;
    }
    FsyncPolicy policy = rules.fsync();
    long delayNs =
        delay.ns(policy, sync.underway(), sync.underway() && now.reader().lagBytes() > 0, nowNs);
    if (delayNs > 0) {
      return delayNs;
    }
    try {
      boolean more = write(now, policy);
      if (policy == FsyncPolicy.ALWAYS) {
        syncAtOnce(now, nowNs);
      }
      troubles.wrote();
      if (policy == FsyncPolicy.ALWAYS) {
        observer.safe(now.reached());
      } else {
        observer.written(now.reached());
      }
      if (more) {
        return 0;
      }
      delay.wrote(nowNs);
      if (exchange != null && !sync.underway()) {
        tryExchange(now, exchange);
      }
      return considerSync(clock.monotonicNs(), policy);
    } catch (IOException problem) {
      fail(problem, policy);
      return SECOND_NS;
    }
  }

  /** Writes what there is; whoever is told that it is safe must have whole commands. */
  private boolean write(AofFile now, FsyncPolicy policy) throws IOException {
    long fromNs = clock.monotonicNs();
    boolean beside = sync.underway();
    boolean more;
    try {
      more = now.append(policy == FsyncPolicy.ALWAYS ? ALL_SLICES : SLICES_A_TURN, second());
    } finally {
      size = now.size();
    }
    observer.wrote((clock.monotonicNs() - fromNs) / 1_000_000, beside, rules.diskIsBusy());
    return more;
  }

  /** The time that is written between commands, -1 is none. */
  private long second() {
    return rules.stamps() ? clock.wallMs() / 1000 : -1;
  }

  private void syncAtOnce(AofFile now, long begunNs) throws IOException {
    if (now.unsynced() || sync.underway()) {
      if (rules.putsOffSync()) {
        return;
      }
      long fromNs = clock.monotonicNs();
      now.force();
      now.synced();
      lastSyncNs = clock.monotonicNs();
      loopTurns.took(lastSyncNs - begunNs);
      observer.took("aof-fsync-always", (lastSyncNs - fromNs) / 1_000_000);
    }
    observer.durable(now.position());
  }

  /** Asks for a sync if one is due; returns when to look again. */
  private long considerSync(long nowNs, FsyncPolicy policy) {
    AofFile now = file;
    if (now == null || policy == FsyncPolicy.NO || sync.underway()) {
      return FOREVER_NS;
    }
    if (!now.unsynced()) {
      observer.durable(now.position());
      return FOREVER_NS;
    }
    long dueNs = lastSyncNs + SECOND_NS - nowNs;
    if (dueNs > 0) {
      return dueNs;
    }
    if (rules.putsOffSync()) {
      return SECOND_NS / 10;
    }
    lastSyncNs = nowNs;
    long position = now.position();
    now.synced();
    sync.begin(now, problem -> orders.add(() -> synced(now, position, problem)));
    return FOREVER_NS;
  }

  private void synced(AofFile which, long position, @Nullable IOException problem) {
    sync.ended();
    if (which != file) {
      return;
    }
    if (problem == null) {
      troubles.synced();
      observer.durable(position);
    } else {
      which.unsynced(true);
      troubles.cannotSync(problem);
    }
  }

  private void tryExchange(AofFile old, Exchange now) throws IOException {
    if (!old.endsAt(now.mark())) {
      return;
    }
    if (old.unsynced()) {
      old.force();
      old.synced();
    }
    observer.durable(old.position());
    exchange = null;
    try {
      goOnWith(now.next().open(), old, now.mark());
      now.done().complete(null);
    } catch (IOException problem) {
      LOG.warn("Cannot go on with another append-only file: {}", problem.getMessage());
      now.done().completeExceptionally(problem);
      old.reader().goOn();
    }
  }

  private void goOnWith(AppendedFile opened, AofFile old, JournalMark mark) throws IOException {
    AofFile next = new AofFile(opened, old.reader(), mark.selectedDb());
    file = next;
    size = next.size();
    old.reader().goOn();
    wake();
    close(old);
  }

  private static void close(AofFile which) {
    try {
      which.close();
    } catch (IOException problem) {
      LOG.warn("An append-only file could not be closed: {}", problem.getMessage());
    }
  }

  private void giveUpExchange(String why) {
    Exchange now = exchange;
    if (now != null) {
      exchange = null;
      AofFile present = file;
      if (present != null) {
        present.reader().goOn();
      }
      now.done().completeExceptionally(new IOException(why));
    }
  }

  private void writeAll() throws IOException {
    AofFile now = file;
    if (now == null) {
      return;
    }
    var unused = now.append(ALL_SLICES, second());
    if (now.unsynced() || sync.underway()) {
      now.force();
      now.synced();
    }
    size = now.size();
    observer.durable(now.position());
  }

  /** Finishes and closes the present file, if there is one. */
  private void finish() {
    giveUpExchange("the append-only file is closed");
    AofFile now = file;
    if (now == null) {
      return;
    }
    try {
      writeAll();
    } catch (IOException problem) {
      LOG.error("The append-only file could not be finished", problem);
    }
    closeFile(now);
  }

  private void lose(AofFile now) {
    LOG.info("The data was replaced: the append-only file begins anew");
    giveUpExchange("the data was replaced");
    try {
      if (now.unsynced()) {
        now.force();
      }
    } catch (IOException problem) {
      LOG.warn("The former append-only file could not be synced: {}", problem.getMessage());
    }
    closeFile(now);
    observer.lost();
  }

  private void closeFile(AofFile now) {
    file = null;
    size = 0;
    troubles.forget();
    now.reader().close();
    close(now);
  }

  // Errors

  private void fail(IOException problem, FsyncPolicy policy) {
    if (policy == FsyncPolicy.ALWAYS) {
      end(problem);
    } else {
      troubles.cannotWrite(problem);
    }
  }

  /** Writes and syncs what there is, and ends the thread. */
  @Override
  public void close() {
    orders.add(
        () -> {
          finish();
          ended = true;
        });
    try {
      thread.join(TimeUnit.SECONDS.toMillis(30));
      sync.close();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
