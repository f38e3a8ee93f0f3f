package io.hashslot.journal;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Whether a command of the primary is between being tried and standing in the journal. It is
 * executed under the locks of its shards and journalled a moment later without them; so who writes
 * to the same keys in between cannot tell by the journal's end whether it comes before or after.
 */
public final class StreamTurn {
  private static final int SPINS = 200;
  private static final int YIELDS = 200;
  private static final long NAP_NS = 50_000;

  /** Counts both ends; odd while a command is under way. */
  private volatile long ends;

  private volatile @Nullable Thread thread;

  /** A command is about to be tried. By one thread at a time. */
  public void begins() {
    Thread me = Thread.currentThread();
    if (thread != me) {
      thread = me;
    }
    step();
  }

  /** It stands in the journal, or was not executed. */
  public void isOver() {
    step();
  }

  private void step() {
    long next = ends + 1;
    ends = next;
  }

  /** Whether a command is under way. Any thread. */
  public boolean underway() {
    return (ends & 1) != 0;
  }

  /** Whether one is under way, on the calling thread. */
  boolean isMine() {
    return underway() && thread == Thread.currentThread();
  }

  /**
   * Waits until the command that is under way, if there is one, is over. The caller may hold
   * shards: who applies the stream never waits for them within its turn.
   */
  void await() {
    long seen = ends;
    if ((seen & 1) == 0) {
      return;
    }
    for (int i = 0; ends == seen; i++) {
      if (i < SPINS) {
        Thread.onSpinWait();
      } else if (i < SPINS + YIELDS) {
        Thread.yield();
      } else {
        LockSupport.parkNanos(NAP_NS);
      }
    }
  }
}
