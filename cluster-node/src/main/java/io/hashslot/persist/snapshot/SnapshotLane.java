package io.hashslot.persist.snapshot;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The thread that takes snapshots and loads them, one after the other: there is one cut at a time.
 */
public final class SnapshotLane implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 5;

  private final AtomicInteger pending = new AtomicInteger();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("snapshot").daemon().factory());

  /** Runs a task after those before it. */
  public void execute(Runnable task) {
    pending.incrementAndGet();
    worker.execute(
        () -> {
          try {
            task.run();
          } finally {
            pending.decrementAndGet();
          }
        });
  }

  /** Whether a task runs or waits. */
  public boolean busy() {
    return pending.get() > 0;
  }

  /** Lets the task under way end, within a few seconds; others are forgotten. */
  @Override
  public void close() {
    worker.shutdownNow();
    try {
      worker.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
