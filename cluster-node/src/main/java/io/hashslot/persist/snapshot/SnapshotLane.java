package io.hashslot.persist.snapshot;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The thread that takes snapshots and loads them, one after the other: there is one cut at a time.
 */
public final class SnapshotLane implements AutoCloseable {
  /** What a task is there for. */
  public enum Work {
    /** The snapshot file is written. */
    SAVE,

    /** Replicas get a snapshot. */
    SYNC,

    /** The append-only file is written anew. */
    REWRITE,

    /** A snapshot is loaded. */
    LOAD
  }

  private static final long PATIENCE_SECONDS = 5;

  private final AtomicIntegerArray pending = new AtomicIntegerArray(Work.values().length);
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("snapshot").daemon().factory());

  /** Runs a task after those before it. */
  public void execute(Work work, Runnable task) {
    pending.incrementAndGet(work.ordinal());
    worker.execute(
        () -> {
          try {
            task.run();
          } finally {
            pending.decrementAndGet(work.ordinal());
          }
        });
  }

  /** Whether a task of this sort runs or waits. */
  public boolean busyWith(Work work) {
    return pending.get(work.ordinal()) > 0;
  }

  /** Whether a task runs or waits. */
  public boolean busy() {
    for (int i = 0; i < pending.length(); i++) {
      if (pending.get(i) > 0) {
        return true;
      }
    }
    return false;
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
