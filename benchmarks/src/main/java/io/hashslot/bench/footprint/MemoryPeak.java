package io.hashslot.bench.footprint;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The most that a process tree occupies while this is open, looked at several times a second by a
 * thread of its own. See {@link ProportionalMemory} for what that costs.
 */
public final class MemoryPeak implements AutoCloseable {

  private static final long PERIOD_MS = 200;

  private final long pid;
  private final long beforeBytes;
  private final AtomicLong mostBytes;
  private final Thread thread;
  private volatile boolean closed;

  private MemoryPeak(long pid) {
    this.pid = pid;
    beforeBytes = ProportionalMemory.ofTree(pid);
    mostBytes = new AtomicLong(beforeBytes);
    thread = Thread.ofPlatform().name("memory peak").daemon().start(this::watch);
  }

  /** Begins to watch a process and those below it. */
  public static MemoryPeak of(long pid) {
    return new MemoryPeak(pid);
  }

  private void watch() {
    while (!closed) {
      look();
      try {
        TimeUnit.MILLISECONDS.sleep(PERIOD_MS);
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private void look() {
    mostBytes.accumulateAndGet(ProportionalMemory.ofTree(pid), Math::max);
  }

  /** Returns the bytes at the beginning. */
  public long beforeBytes() {
    return beforeBytes;
  }

  /** Returns how many bytes more than at the beginning were in use at the worst moment so far. */
  public long addedBytes() {
    look();
    return mostBytes.get() - beforeBytes;
  }

  /** Stops watching. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
