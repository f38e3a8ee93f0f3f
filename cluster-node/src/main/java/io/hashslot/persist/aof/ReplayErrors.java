package io.hashslot.persist.aof;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Errors of commands that were replayed: they had none when they were written, so the data is not
 * what it was. Each is logged, up to a number. For any thread.
 */
final class ReplayErrors {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayErrors.class);
  private static final long MOST_LOGGED = 100;

  private final AtomicLong count = new AtomicLong();

  /** Notes an error. */
  void add(String command, String error) {
    long number = count.incrementAndGet();
    if (number <= MOST_LOGGED) {
      LOG.error(
          "== CRITICAL == A command of the append-only file gave an error: '{}' after processing"
              + " the command '{}'",
          error,
          command);
    }
    if (number == MOST_LOGGED) {
      LOG.error("Further errors of commands are counted, but not logged");
    }
  }

  /** Returns how many there were. */
  long count() {
    return count.get();
  }
}
