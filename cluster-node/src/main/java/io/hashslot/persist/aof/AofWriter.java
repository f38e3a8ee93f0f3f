package io.hashslot.persist.aof;

import io.hashslot.journal.JournalMark;
import io.hashslot.journal.JournalReader;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that brings the journal to disk.
 *
 * <h2>always</h2>
 *
 * Everything the journal has is written, then synced, then declared safe: one sync for all who have
 * written meanwhile. Their replies wait at the gate, nobody's thread does. An error ends the
 * process, as it does in Redis: it cannot be said what the disk holds.
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
final class AofWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AofWriter.class);
  private static final long SECOND_NS = 1_000_000_000L;
  private static final long FOREVER_NS = 3600 * SECOND_NS;

  /** Slices that are written before orders and syncs are looked at again. */
  private static final int SLICES_A_TURN = 64;

  private final Clock clock;
  private final WritingRules rules;
  private final WritingObserver observer;
  private final WriteTroubles troubles;
  private final WriteDelay delay = new WriteDelay();
  private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
  private final BackgroundSync sync = new BackgroundSync();
  private final Thread thread;

  /** Written by the thread alone. */
  private volatile @Nullable AofFile file;

  private @Nullable Exchange exchange;
  private boolean ended;
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
  void wake() {
    LockSupport.unpark(thread);
  }

  private void order(Runnable order) {
    orders.add(order);
    wake();
  }

  /** Something that the thread does. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private CompletableFuture<Void> done(Step step) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    order(
        () -> {
          try {
            step.run();
            done.complete(null);
          } catch (IOException problem) {
            done.completeExceptionally(problem);
          }
        });
    return done;
  }

  /** Goes on with a file, when what was ordered before is done. */
  void begin(AofFile next) {
    order(
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
    return done(
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
    order(
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
    Step exchanging =
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
    return done(exchanging).thenApply(_ -> made.get());
  }

  /** Takes an exchange back that has not happened. */
  void cancelExchange() {
    order(() -> giveUpExchange("it could not be written up to there"));
  }

  /** Runs something on the thread once all that is in the journal now is written and synced. */
  CompletableFuture<Void> flush() {
    return done(this::writeAll);
  }

  /** Writes and syncs what there is, closes the file, and writes no more. */
  CompletableFuture<Void> stop() {
    return done(this::finish);
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
    try {
      while (!ended) {
        Runnable next;
        while ((next = orders.poll()) != null) {
          next.run();
        }
        long waitNs = turn();
        if (orders.isEmpty() && !ended && waitNs > 0) {
          LockSupport.parkNanos(this, waitNs);
        }
      }
    } catch (RuntimeException | Error fault) {
      LOG.error("The append-only file is written no more, by a fault of ours", fault);
      observer.fatal("fault of ours: " + fault);
    }
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
        syncAtOnce(now);
      }
      troubles.wrote();
      if (policy == FsyncPolicy.ALWAYS) {
        observer.safe(now.position());
      } else {
        observer.written(now.position());
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
    boolean more = true;
    try {
      for (int i = 0; more && (i < SLICES_A_TURN || policy == FsyncPolicy.ALWAYS); i++) {
        more = now.append(rules.stamps() ? clock.wallMs() / 1000 : -1);
      }
    } finally {
      size = now.size();
    }
    long tookMs = (clock.monotonicNs() - fromNs) / 1_000_000;
    observer.took("aof-write", tookMs);
    if (tookMs > 0) {
      observer.took(
          beside
              ? "aof-write-pending-fsync"
              : rules.diskIsBusy() ? "aof-write-active-child" : "aof-write-alone",
          tookMs);
    }
    return more;
  }

  private void syncAtOnce(AofFile now) throws IOException {
    if (now.unsynced() || sync.underway()) {
      if (rules.putsOffSync()) {
        return;
      }
      long fromNs = clock.monotonicNs();
      now.force();
      now.synced();
      lastSyncNs = clock.monotonicNs();
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
    sync.begin(now, problem -> order(() -> synced(now, position, problem)));
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
    try {
      old.close();
    } catch (IOException problem) {
      LOG.warn("A finished append-only file could not be closed: {}", problem.getMessage());
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
    boolean more = true;
    while (more) {
      more = now.append(rules.stamps() ? clock.wallMs() / 1000 : -1);
    }
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
    try {
      now.close();
    } catch (IOException problem) {
      LOG.warn("The append-only file could not be closed: {}", problem.getMessage());
    }
  }

  // Errors

  private void fail(IOException problem, FsyncPolicy policy) {
    if (policy == FsyncPolicy.ALWAYS) {
      LOG.error(
          "Can't recover from AOF write error when the AOF fsync policy is 'always'. Exiting...",
          problem);
      observer.fatal(WriteTroubles.text(problem));
      ended = true;
      return;
    }
    troubles.cannotWrite(problem);
  }

  /** Writes and syncs what there is, and ends the thread. */
  @Override
  public void close() {
    order(
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
