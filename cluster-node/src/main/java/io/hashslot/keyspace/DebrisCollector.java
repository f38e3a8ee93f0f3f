package io.hashslot.keyspace;

import io.hashslot.time.Clock;

/**
 * Frees what flushes have left behind, in slices between other work. One thread runs it; shards
 * that are busy are left for the next time.
 */
public final class DebrisCollector {
  /** For how long a shard is held at once, about. */
  private static final long SLICE_NS = 100_000;

  /** Between looks at the clock: each may be a miss of all caches. */
  private static final int ENTRIES_AT_ONCE = 100;

  private final Keyspace keyspace;
  private final Clock clock;
  private int nextShard;

  public DebrisCollector(Keyspace keyspace, Clock clock) {
    this.keyspace = keyspace;
    this.clock = clock;
  }

  /**
   * Works for about {@code budgetNs} nanoseconds, if there is so much to do.
   *
   * @return whether there is more
   */
  public boolean run(long budgetNs) {
    if (keyspace.pendingFrees() == 0) {
      return false;
    }
    long begin = clock.monotonicNs();
    Shards shards = keyspace.shards();
    for (int visited = 0; visited < shards.count(); visited++) {
      int index = nextShard & shards.count() - 1;
      if (clean(index)) {
        visited = -1;
      } else {
        nextShard++;
      }
      if (clock.monotonicNs() - begin >= budgetNs) {
        break;
      }
    }
    return keyspace.pendingFrees() != 0;
  }

  /** One slice in one shard; returns whether there is more and the shard was not busy. */
  private boolean clean(int index) {
    Shards shards = keyspace.shards();
    Shard shard = shards.shard(index);
    if (shard.debris.pending() == 0 || shards.tryEnter(1L << index) != Shards.ENTERED) {
      return false;
    }
    try {
      long beganNs = clock.monotonicNs();
      boolean more;
      do {
        more = shard.reclaim(ENTRIES_AT_ONCE);
      } while (more && clock.monotonicNs() - beganNs < SLICE_NS);
      return more;
    } finally {
      shards.leave(1L << index);
    }
  }
}
