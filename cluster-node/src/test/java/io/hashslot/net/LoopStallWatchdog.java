package io.hashslot.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.session.Loop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Watches whether event loops turn: asks each of them for a sign of life, again and again, and
 * keeps the longest time that one took to give it. The limit must allow for a machine that is busy
 * with other things.
 */
public final class LoopStallWatchdog implements AutoCloseable {
  private static final long BEAT_NS = 5_000_000;

  private final Duration limit;
  private final AtomicLong[] askedNs;
  private final AtomicLong longestNs = new AtomicLong();
  private final Thread watcher;
  private volatile boolean ended;

  /** Begins to watch; a loop that takes longer than {@code limit} once is an error at the end. */
  public LoopStallWatchdog(List<? extends Loop> loops, Duration limit) {
    this.limit = limit;
    askedNs = new AtomicLong[loops.size()];
    for (int i = 0; i < askedNs.length; i++) {
      askedNs[i] = new AtomicLong();
    }
    watcher = Thread.ofPlatform().name("loop-watchdog").daemon().start(() -> watch(loops));
  }

  private void watch(List<? extends Loop> loops) {
    while (!ended) {
      for (int i = 0; i < askedNs.length; i++) {
        AtomicLong asked = askedNs[i];
        long sinceNs = asked.get();
        if (sinceNs != 0) {
          note(sinceNs);
        } else {
          asked.set(System.nanoTime());
          loops.get(i).execute(() -> note(asked.getAndSet(0)));
        }
      }
      LockSupport.parkNanos(BEAT_NS);
    }
  }

  private void note(long sinceNs) {
    longestNs.accumulateAndGet(System.nanoTime() - sinceNs, Math::max);
  }

  /** Returns the longest time that a loop has taken so far. */
  public Duration longest() {
    return Duration.ofNanos(longestNs.get());
  }

  /** Ends, and fails if a loop has stood still for longer than the limit. */
  @Override
  public void close() throws InterruptedException {
    ended = true;
    watcher.join();
    assertThat(longest()).as("longest stall of an event loop").isLessThan(limit);
  }
}
