package io.hashslot.session;

import java.util.concurrent.Executor;

/**
 * An event loop: one thread that serves some sessions, as those sessions see it. It never waits.
 */
public interface Loop extends Executor {
  /** Tells whether the calling thread is this loop. */
  boolean isCurrent();

  /** Runs a task on the loop, soon. */
  @Override
  void execute(Runnable task);

  /** Runs a task on the loop after a delay; the result cancels it. */
  Timer schedule(Runnable task, long delayMs);

  /** The loop's mailbox for what other loops push to its sessions. */
  Inbox inbox();

  /** A task that waits for its time. */
  @FunctionalInterface
  interface Timer {
    /** Takes the task back if it has not run yet. */
    void cancel();
  }
}
