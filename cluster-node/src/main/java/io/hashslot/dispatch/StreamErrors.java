package io.hashslot.dispatch;

import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done when a command of the primary's stream cannot be applied as it was there: it is
 * counted and logged, and if the directives say so the server ends rather than to go on with data
 * that may differ. Commands of append-only files that fail when they are loaded count, too.
 */
public final class StreamErrors {
  private static final Logger LOG = LoggerFactory.getLogger(StreamErrors.class);

  private static final long PAUSE_NS = 10_000_000_000L;

  private final LongAdder count = new LongAdder();
  private long warnedAtNs;
  private boolean warned;
  private volatile boolean fatal;
  private volatile boolean diskErrorsFatal = true;
  private volatile Runnable end = () -> {};

  /** Sets what ends the server at once. */
  public void end(Runnable action) {
    end = action;
  }

  /** Sets whether a failed command ends the server; {@code propagation-error-behavior}. */
  public void fatal(boolean yes) {
    fatal = yes;
  }

  /**
   * Sets whether a write of the primary ends the server when it cannot be persisted; the opposite
   * of {@code replica-ignore-disk-write-errors}.
   */
  public void diskErrorsFatal(boolean yes) {
    diskErrorsFatal = yes;
  }

  /** So many commands of the append-only files have failed when they were loaded. */
  public void replayed(long failures) {
    count.add(failures);
  }

  /** Returns how many commands have failed: of the primary, and of files that were loaded. */
  public long count() {
    return count.sum();
  }

  /** A command has failed. */
  void failed(String command, String error) {
    count.increment();
    LOG.error(
        "This replica answers its primary with an error: '{}' after the command '{}'",
        error,
        command);
    if (fatal) {
      LOG.error(
          "Ending, as propagation-error-behavior says: the data may differ from the primary's");
      end.run();
    }
  }

  /**
   * A write of the primary comes while nothing can be persisted.
   *
   * @param nowNs a reading of a monotonic clock: the warning comes again only after a while
   */
  void notPersisted(String command, long nowNs) {
    if (diskErrorsFatal) {
      LOG.error("The primary's command '{}' cannot be persisted here: ending", command);
      end.run();
    } else if (mayWarn(nowNs)) {
      LOG.warn("The primary's commands are applied even though they cannot be persisted here");
    }
  }

  private synchronized boolean mayWarn(long nowNs) {
    if (warned && nowNs - warnedAtNs < PAUSE_NS) {
      return false;
    }
    warned = true;
    warnedAtNs = nowNs;
    return true;
  }
}
