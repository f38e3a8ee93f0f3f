package io.hashslot.persist.aof;

import io.hashslot.journal.Wakeup;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets the loops of clients write and sync by themselves as long as that is quick: then it costs
 * less than to wake another thread and to be woken by it. Which loop it is does not matter: it does
 * it for all who have written until then, once for a batch of input.
 *
 * <p>Turns are taken under a lock for which a loop never waits. Who finds it taken leaves a note;
 * whoever has it looks at that after it has let go, so nothing is forgotten. When syncs are slow
 * all turns are the thread's.
 */
final class LoopTurns implements Wakeup {
  /** So long a loop may be busy with writing and syncing on average. */
  private static final long QUICK_NS = 200_000;

  /** What a single slow sync counts at most, so that it is not held against the disk for long. */
  private static final long WORST_NS = 10 * QUICK_NS;

  /** What writes and syncs. */
  interface Turns {
    /** Whether the next turn is one that a loop may take. Under the lock. */
    boolean forLoops();

    /** Takes a turn; returns whether there is nothing left to do. Under the lock. */
    boolean take();

    /** Leaves it to the thread. */
    void wake();
  }

  private final Turns turns;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean noted;
  private volatile boolean quick;
  private long averageNs = WORST_NS;

  LoopTurns(Turns turns) {
    this.turns = turns;
  }

  @Override
  public void more() {
    turns.wake();
  }

  @Override
  public void more(Executor near) {
    if (quick) {
      near.execute(() -> take(near));
    } else {
      turns.wake();
    }
  }

  /** Something was written and synced, and took so long. Under the lock. */
  void took(long ns) {
    averageNs += (Math.min(ns, WORST_NS) - averageNs) / 8;
    boolean now = averageNs < QUICK_NS;
    if (now != quick) {
      quick = now;
    }
  }

  /** Takes the lock, for the thread; what was noted until now it is about to do. */
  void enter() {
    lock.lock();
    noted = false;
  }

  /** Lets go of it; returns whether somebody has left a note meanwhile. */
  boolean leave() {
    lock.unlock();
    return noted;
  }

  private void take(Executor loop) {
    noted = true;
    if (!lock.tryLock()) {
      return;
    }
    noted = false;
    boolean done = false;
    try {
      if (turns.forLoops()) {
        done = turns.take();
      } else {
        quick = false; // until the thread has found out anew
      }
    } finally {
      lock.unlock();
    }
    if (!done) {
      turns.wake();
    } else if (noted) {
      more(loop);
    }
  }
}
