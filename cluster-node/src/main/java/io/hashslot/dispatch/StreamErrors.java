package io.hashslot.dispatch;

import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done when a command of the primary's stream cannot be applied as it was there: it is
 * counted and logged, and if the directives say so the server ends rather than to go on with data
 * that may differ.
 */
public final class StreamErrors {
  private static final Logger LOG = LoggerFactory.getLogger(StreamErrors.class);

  private final LongAdder count = new LongAdder();
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

  /** Returns how many commands have failed. */
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

  /** A write could not be persisted. */
  void notPersisted(String command) {
    if (diskErrorsFatal) {
      LOG.error("The primary's command '{}' cannot be persisted here: ending", command);
      end.run();
    }
  }
}
