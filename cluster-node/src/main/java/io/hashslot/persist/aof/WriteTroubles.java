package io.hashslot.persist.aof;

import io.hashslot.time.Clock;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps the writer from writing or syncing at the moment, and when it tries again. Belongs to
 * whoever takes the writer's turn, but for {@link #none}.
 */
final class WriteTroubles {
  private static final Logger LOG = LoggerFactory.getLogger(WriteTroubles.class);
  private static final long SECOND_NS = 1_000_000_000L;
  private static final long LOG_AGAIN_NS = 30 * SECOND_NS;

  private final Clock clock;
  private final WritingObserver observer;
  private long retryNs;
  private long loggedNs;
  private @Nullable String writing;
  private @Nullable String syncing;
  private @Nullable Throwable fatal;
  private volatile boolean none = true;

  WriteTroubles(Clock clock, WritingObserver observer) {
    this.clock = clock;
    this.observer = observer;
    loggedNs = clock.monotonicNs() - LOG_AGAIN_NS;
  }

  /** Whether all is well. Any thread. */
  boolean none() {
    return none;
  }

  /** Returns how long to wait before writing is tried again; 0 or less is not at all. */
  long pauseNs(long nowNs) {
    return writing == null ? 0 : retryNs - nowNs;
  }

  /** Something could not be written. */
  void cannotWrite(IOException problem) {
    writing = text(problem);
    retryNs = clock.monotonicNs() + SECOND_NS;
    complain("Error writing to the AOF file", problem);
    report();
  }

  /** Something was written. */
  void wrote() {
    if (writing != null) {
      writing = null;
      LOG.warn("AOF write error looks solved, Redis can write again.");
      report();
    }
  }

  /** Something could not be synced. */
  void cannotSync(IOException problem) {
    syncing = text(problem);
    complain("Background fsync of the append-only file failed", problem);
    report();
  }

  /** Something was synced. */
  void synced() {
    if (syncing != null) {
      syncing = null;
      report();
    }
  }

  /** The file is closed: nothing of it matters any more. */
  void forget() {
    writing = null;
    syncing = null;
    report();
  }

  /** Nothing may be written any more. */
  void fatal(Throwable why) {
    fatal = why;
  }

  /** Ends the process if nothing may be written any more. */
  void reportFatal() {
    if (fatal instanceof IOException problem) {
      LOG.error(
          "Can't recover from AOF write error when the AOF fsync policy is 'always'. Exiting...",
          problem);
      observer.fatal(text(problem));
    } else if (fatal != null) {
      LOG.error("The append-only file is written no more, by a fault of ours", fatal);
      observer.fatal("fault of ours: " + fatal);
    }
  }

  private void report() {
    String problem = writing != null ? writing : syncing;
    none = problem == null;
    observer.broken(problem);
  }

  private void complain(String what, IOException problem) {
    long nowNs = clock.monotonicNs();
    if (nowNs - loggedNs >= LOG_AGAIN_NS) {
      loggedNs = nowNs;
      LOG.error("{}: {}", what, text(problem));
    }
  }

  static String text(IOException problem) {
    String message = problem.getMessage();
    return message == null ? problem.getClass().getSimpleName() : message;
  }
}
