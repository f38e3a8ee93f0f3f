package io.hashslot.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps replies back until what they tell of is safe. A policy closes it and says which position of
 * the journal output that is written now has to wait for; whoever makes positions safe says how far
 * it is. No thread waits: output stays with its connection, and its loop is told when it may go.
 *
 * <p>What is held is everything that leaves the server while the gate is closed, not just the reply
 * of who has written: another client may have seen the write, and must not tell of it, either.
 *
 * <p>While it is open it costs one volatile read for each batch of replies.
 */
public final class ReplyGate {
  /** The position of what need not wait. */
  public static final long AT_ONCE = Long.MIN_VALUE;

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile @Nullable LongSupplier goal;
  private volatile long reached = AT_ONCE;

  /** Adds somebody who is told whenever more may pass; on any thread. */
  public void onPassage(Runnable listener) {
    listeners.add(listener);
  }

  /** Returns the position that output written now has to wait for. */
  public long position() {
    LongSupplier now = goal;
    return now == null ? AT_ONCE : now.getAsLong();
  }

  /** Tells whether output that waits for a position may leave. */
  public boolean passes(long position) {
    return position <= reached || goal == null;
  }

  /**
   * From now on output has to wait.
   *
   * @param waitsFor the position for output that is written at the moment
   * @param reachedSoFar the position that is safe already
   */
  public void close(LongSupplier waitsFor, long reachedSoFar) {
    reached = reachedSoFar;
    goal = waitsFor;
  }

  /** From now on nothing waits any more. */
  public void open() {
    goal = null;
    tell();
  }

  /** Says which position is safe. */
  public void reached(long position) {
    reached = position;
    if (goal != null) {
      tell();
    }
  }

  private void tell() {
    for (Runnable listener : listeners) {
      listener.run();
    }
  }
}
