package io.hashslot.keyspace;

import java.util.concurrent.locks.ReentrantLock;

/**
 * All shards and the way in. A plan is a set of shards as a bit mask; it is entered in ascending
 * order, all or nothing.
 *
 * <p>Executions of event loops use {@link #tryEnter}: if a shard is busy everything is released
 * again, and the session is parked at that shard. The slow lane uses {@link #enterSlow}, which
 * holds and waits, in ascending order, one plan at a time: since loops never hold and wait, no
 * cycle can form.
 */
public final class Shards {
  /** The most shards there can be: a plan is one {@code long}. */
  public static final int MAX = 64;

  /** Returned by {@link #tryEnter} when all shards of the plan have been entered. */
  public static final int ENTERED = -1;

  private final Shard[] shards;
  private final long all;

  /** Threads of the slow lane enter one after the other. */
  private final ReentrantLock slowLane = new ReentrantLock(true);

  Shards(Shard[] shards) {
    this.shards = shards;
    all = shards.length == MAX ? -1 : (1L << shards.length) - 1;
  }

  /** How many shards there are: a power of two from 1 to 64. */
  public int count() {
    return shards.length;
  }

  /** The plan with all shards. */
  public long all() {
    return all;
  }

  /** A shard by its number. */
  public Shard shard(int index) {
    return shards[index];
  }

  /**
   * Enters all shards of a plan, or none.
   *
   * @return {@link #ENTERED}, or the number of the shard that was busy: {@link #park} there
   */
  public int tryEnter(long plan) {
    for (long left = plan; left != 0; left &= left - 1) {
      int index = Long.numberOfTrailingZeros(left);
      if (!shards[index].lock.tryEnter()) {
        leave(plan & (1L << index) - 1);
        return index;
      }
    }
    return ENTERED;
  }

  /**
   * Enters those shards of a plan that are free at this moment.
   *
   * @return the shards that were entered, as a bit mask
   */
  long enterFree(long plan) {
    long entered = 0;
    for (long left = plan; left != 0; left &= left - 1) {
      int index = Long.numberOfTrailingZeros(left);
      if (shards[index].lock.enterIfFree()) {
        entered |= 1L << index;
      }
    }
    return entered;
  }

  /**
   * Asks to be told when a busy shard is released.
   *
   * @return false if it is free by now: nobody will be told, try again at once
   */
  public boolean park(int shard, Parked execution) {
    return shards[shard].lock.park(execution);
  }

  /**
   * Enters all shards of a plan, waiting as long as it takes. For worker threads only, never for an
   * event loop. Who needs no shard waits for nobody.
   */
  public void enterSlow(long plan) {
    if (plan == 0) {
      return;
    }
    slowLane.lock();
    try {
      for (long left = plan; left != 0; left &= left - 1) {
        shards[Long.numberOfTrailingZeros(left)].lock.enterSlow();
      }
    } finally {
      slowLane.unlock();
    }
  }

  /** Leaves all shards of a plan that were entered, by either way; from any thread. */
  public void leave(long plan) {
    for (long left = plan; left != 0; left &= left - 1) {
      shards[Long.numberOfTrailingZeros(left)].lock.leave();
    }
  }

  /**
   * Which stay of the slow lane in a shard this is, for those who watch how long it lasts: a
   * positive number that the next stay will not have, or 0 if the slow lane is not inside. From any
   * thread.
   */
  public int slowStay(int shard) {
    return shards[shard].lock.slowStay();
  }
}
