package io.hashslot.cluster;

import io.hashslot.keyspace.Shards;
import io.hashslot.time.Clock;

/**
 * Whether the shards can still be entered. While the slow lane works in a shard the event loops
 * turn and its clients wait; a server with one thread would hang, and be replaced. Executions of
 * event loops need no watching here: if one does not end, its loop does not beat.
 *
 * <p>For the bus thread only. It looks ten times a second, so a stay is found at most that late.
 */
final class ShardWatch {
  private final Shards shards;
  private final Clock clock;
  private final int[] stay;
  private final long[] sinceNs;

  ShardWatch(Shards shards, Clock clock) {
    this.shards = shards;
    this.clock = clock;
    stay = new int[shards.count()];
    sinceNs = new long[shards.count()];
  }

  /** Returns for how long the slow lane has been in a shard without leaving; 0 if it is in none. */
  long stalledForMs() {
    long nowNs = clock.monotonicNs();
    long worstNs = 0;
    for (int i = 0; i < stay.length; i++) {
      int current = shards.slowStay(i);
      if (current != stay[i]) {
        stay[i] = current;
        sinceNs[i] = nowNs;
      } else if (current != 0) {
        worstNs = Math.max(worstNs, nowNs - sinceNs[i]);
      }
    }
    return worstNs / 1_000_000;
  }
}
