package io.hashslot.blocking;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Where serving clients may lead: somebody who waits to move an element (BLMOVE) needs the shard of
 * the key it goes to, too; and there somebody may wait to move it on. Counted by shards, not by
 * keys: few wait so, and a shard too many is no harm.
 */
final class Reach {
  private static final int SHARDS = 64;

  /** How many lead from a shard to another. */
  private final int[][] counts = new int[SHARDS][SHARDS];

  /** The shards that a shard leads to. */
  private final AtomicLongArray next = new AtomicLongArray(SHARDS);

  private volatile int total;

  /** Under the locks of the waiter's keys. */
  void add(Waiter waiter) {
    for (WaitedKey key : waiter.keys()) {
      count(waiter, key, 1);
    }
  }

  void remove(Waiter waiter, WaitedKey key) {
    count(waiter, key, -1);
  }

  private void count(Waiter waiter, WaitedKey key, int change) {
    long targets = waiter.targets() & ~key.shardMask();
    if (targets == 0) {
      return;
    }
    int from = Long.numberOfTrailingZeros(key.shardMask());
    synchronized (this) {
      long mask = next.get(from);
      for (long left = targets; left != 0; left &= left - 1) {
        int to = Long.numberOfTrailingZeros(left);
        counts[from][to] += change;
        mask = counts[from][to] == 0 ? mask & ~(1L << to) : mask | 1L << to;
      }
      next.set(from, mask);
      total = total + change;
    }
  }

  long of(long plan) {
    if (total == 0) {
      return plan;
    }
    long reached = plan;
    for (long left = plan; left != 0; ) {
      int from = Long.numberOfTrailingZeros(left);
      long more = next.get(from) & ~reached;
      reached |= more;
      left = left & left - 1 | more;
    }
    return reached;
  }
}
