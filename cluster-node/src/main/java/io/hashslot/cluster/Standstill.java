package io.hashslot.cluster;

import io.hashslot.dispatch.SlowLane;
import io.hashslot.session.Loop;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds out when the last write is over that was let in before writes were held back: a request
 * that has passed the gates is not stopped any more. Each event loop ends what it executes before
 * it takes up anything else, and the slow lane comes to an end of what it was given, and then to
 * the locks of all shards.
 */
final class Standstill {
  private final List<? extends Loop> loops;
  private final SlowLane slowLane;

  Standstill(List<? extends Loop> loops, SlowLane slowLane) {
    this.loops = loops;
    this.slowLane = slowLane;
  }

  /** Runs something, on the slow lane, when nothing runs any more that began before this call. */
  void whenReached(Runnable done) {
    AtomicInteger left = new AtomicInteger(loops.size());
    for (Loop loop : loops) {
      loop.execute(
          () -> {
            if (left.decrementAndGet() == 0) {
              slowLane.underAllLocks(done);
            }
          });
    }
  }
}
