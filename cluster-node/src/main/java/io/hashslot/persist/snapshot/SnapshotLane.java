package io.hashslot.persist.snapshot;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The thread that takes snapshots and loads them, one after the other: there is one cut at a time.
 * Only SAVE during the rewriting of an append-only file does without it ({@link StillSnapshot}).
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

    /** Slots are copied to another primary. */
    MOVE,

    /** A snapshot is loaded. */
    LOAD
  }

  private static final long PATIENCE_SECONDS = 5;

  private final AtomicIntegerArray pending = new AtomicIntegerArray(Work.values().length);
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("snapshot").daemon().factory());

  /** The cut of the task under way. */
  private volatile @Nullable SnapshotCut cut;

  private final List<Runnable> givingWay = new CopyOnWriteArrayList<>();

  /** The most that the last cut of each sort of work has held. */
  private final AtomicLongArray lastHeld = new AtomicLongArray(Work.values().length);

  /**
   * Adds what gives up a snapshot of its own that is under way, because other data is about to be
   * loaded: it would have to wait.
   */
  public void givesWay(Runnable giveUp) {
    givingWay.add(giveUp);
  }

  /** Runs a task after those before it; loading makes them end soon. */
  public void execute(Work work, Runnable task) {
    pending.incrementAndGet(work.ordinal());
    if (work == Work.LOAD) {
      givingWay.forEach(Runnable::run);
    }
    worker.execute(
        () -> {
          try {
            task.run();
          } finally {
            ended(work);
            pending.decrementAndGet(work.ordinal());
          }
        });
  }

  /** To be called by a task that has opened a cut, so that others can see how it goes. */
  public void taking(SnapshotCut taken) {
    cut = taken;
  }

  private void ended(Work work) {
    SnapshotCut taken = cut;
    if (taken != null) {
      lastHeld.set(work.ordinal(), taken.peakHeldBytes());
      cut = null;
    }
  }

  /** How many keys the cut under way has written; 0 if there is none. */
  public long keysWritten() {
    SnapshotCut taken = cut;
    return taken == null ? 0 : taken.entriesWritten();
  }

  /** How many keys the cut under way will write; 0 if there is none. */
  public long keysToWrite() {
    SnapshotCut taken = cut;
    return taken == null ? 0 : taken.entriesAtCut();
  }

  /** {@linkplain SnapshotCut#heldBytes Memory} that the cut under way takes; 0 if there is none. */
  public long heldBytes() {
    SnapshotCut taken = cut;
    return taken == null ? 0 : taken.heldBytes();
  }

  /** The most that the cut under way has taken; 0 if there is none. */
  public long peakHeldBytes() {
    SnapshotCut taken = cut;
    return taken == null ? 0 : taken.peakHeldBytes();
  }

  /** The most that the last cut for some work took; 0 before the first. */
  public long lastHeldBytes(Work work) {
    return lastHeld.get(work.ordinal());
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
