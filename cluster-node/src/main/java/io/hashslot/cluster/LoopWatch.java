package io.hashslot.cluster;

import io.hashslot.session.Loop;
import io.hashslot.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Whether the event loops still turn. The bus has a thread of its own, so a node whose loops hang
 * would look healthy to the others; by this it knows, and falls silent.
 */
final class LoopWatch {
  private static final long BEAT_MS = 100;

  private final Clock clock;
  private final AtomicLongArray lastBeatNs;

  LoopWatch(List<? extends Loop> loops, Clock clock) {
    this.clock = clock;
    lastBeatNs = new AtomicLongArray(loops.size());
    for (int i = 0; i < loops.size(); i++) {
      int index = i;
      lastBeatNs.set(i, clock.monotonicNs());
      loops.get(i).execute(() -> beat(loops.get(index), index));
    }
  }

  private void beat(Loop loop, int index) {
    lastBeatNs.set(index, clock.monotonicNs());
    var unused = loop.schedule(() -> beat(loop, index), BEAT_MS);
  }

  /**
   * Returns for how long the most stalled loop has not moved, beyond its beat; 0 if all is well.
   */
  long stalledForMs() {
    long nowNs = clock.monotonicNs();
    long worst = 0;
    for (int i = 0; i < lastBeatNs.length(); i++) {
      worst = Math.max(worst, (nowNs - lastBeatNs.get(i)) / 1_000_000 - 2 * BEAT_MS);
    }
    return worst;
  }
}
