package io.hashslot.persist.snapshot;

import io.hashslot.time.Clock;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * How the writing of a snapshot goes on: how many entries were written, how long to wait before
 * each, whether it was given up. One thread writes; any thread may look, give up, and set the wait.
 */
final class EntryPace {
  private static final long GLANCE_NS = 20_000_000;

  private final Clock clock;
  private final AtomicLong written = new AtomicLong();
  private volatile LongSupplier delayUs = () -> 0;
  private volatile boolean cancelled;

  EntryPace(Clock clock) {
    this.clock = clock;
  }

  /** Gives up: the writer fails soon. */
  void cancel() {
    cancelled = true;
  }

  boolean cancelled() {
    return cancelled;
  }

  /** Sets who says how long to wait before each entry, microseconds; at all if positive. */
  void delay(LongSupplier microseconds) {
    delayUs = microseconds;
  }

  /** Entries written so far. */
  long written() {
    return written.get();
  }

  /**
   * @throws IOException if the snapshot was given up
   */
  void goOn() throws IOException {
    if (cancelled) {
      throw new IOException("snapshot was given up");
    }
  }

  /** An entry is about to be written; waits for as long as it is not given up. */
  void next() throws IOException {
    if (delayUs.getAsLong() > 0) {
      long fromNs = clock.monotonicNs();
      long leftNs;
      while ((leftNs = delayUs.getAsLong() * 1000 - (clock.monotonicNs() - fromNs)) > 0) {
        goOn();
        if (Thread.interrupted()) {
          throw new IOException("snapshot was given up");
        }
        LockSupport.parkNanos(Math.min(leftNs, GLANCE_NS));
      }
    }
    written.lazySet(written.get() + 1);
  }
}
