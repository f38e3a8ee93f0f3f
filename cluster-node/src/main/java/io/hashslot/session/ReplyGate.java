package io.hashslot.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps replies back until what they tell of is safe: on disk, with so many replicas, or both. Each
 * {@link Policy} says which position of the journal is safe as far as it knows, and a reply leaves
 * when its position is safe for all of them. No thread waits: output stays with its connection, and
 * its loop is told when it may go.
 *
 * <p>What is held is all that tells of data, not just the reply of who has written: another client
 * may have seen the write, and must not tell of it, either. What tells of no data, such as the
 * reply to PING or INFO, passes unless it stands behind something that waits.
 *
 * <p>A policy may also give up: what has waited for it too long is refused, and so is what was
 * executed under a leadership that is over ({@link #nextEra}). Then the client is told an error in
 * the place of each reply.
 *
 * <p>While all policies are open it costs one volatile read for each batch of replies.
 */
public final class ReplyGate {
  /** The position of what need not wait. */
  public static final long AT_ONCE = Long.MIN_VALUE;

  private static final long EVERYTHING = Long.MAX_VALUE;
  private static final String LEADERSHIP_LOST =
      "NOREPLICAS This server is no longer the primary: the replicas may not have what was written"
          + " or read.";

  private final List<Policy> policies = new CopyOnWriteArrayList<>();
  private final List<Runnable> onPassage = new CopyOnWriteArrayList<>();
  private final List<Runnable> onRefusal = new CopyOnWriteArrayList<>();
  private volatile @Nullable LongSupplier end;
  private volatile long leadership = 1;

  /** The leadership, or {@link Told#DATA} while replies promise nothing. */
  private volatile long era = Told.DATA;

  /** One reason to hold replies back. */
  public final class Policy {
    private volatile long reached = EVERYTHING;
    private volatile long patienceNs;
    private volatile String refusal = "";
    private volatile Consumer<Loop> whenHeld = _ -> {};
    private boolean closed;

    private Policy() {}

    /**
     * From now on output has to wait.
     *
     * @param waitsFor the position for output that is written at the moment
     * @param reachedSoFar the position that is safe already
     */
    public synchronized void close(LongSupplier waitsFor, long reachedSoFar) {
      closed = true;
      reached = Math.min(reachedSoFar, EVERYTHING - 1);
      end = waitsFor;
    }

    /** From now on nothing waits any more for this reason. */
    public void open() {
      synchronized (this) {
        closed = false;
        reached = EVERYTHING;
        openIfNobodyHolds();
      }
      tell(onPassage);
    }

    /** Says which position is safe. */
    public void reached(long position) {
      synchronized (this) {
        if (!closed) {
          return;
        }
        reached = Math.min(position, EVERYTHING - 1);
      }
      tell(onPassage);
    }

    /**
     * Says how long output waits for this policy, in nanoseconds, and what its client is told then;
     * 0: for ever.
     */
    public void refuseAfter(long ns, String text) {
      refusal = text;
      patienceNs = ns;
      tell(onRefusal);
    }

    /** Sets what is done on the loop whenever output begins to wait for this policy. */
    public void whenHeld(Consumer<Loop> action) {
      whenHeld = action;
    }
  }

  private synchronized void openIfNobodyHolds() {
    for (Policy policy : policies) {
      if (policy.reached != EVERYTHING) {
        return;
      }
    }
    end = null;
  }

  /** Adds a reason to hold replies back; it begins open. */
  public Policy policy() {
    Policy policy = new Policy();
    policies.add(policy);
    return policy;
  }

  /** Adds somebody who is told whenever more may pass; on any thread. */
  public void onPassage(Runnable listener) {
    onPassage.add(listener);
  }

  /** Adds somebody who is told whenever what waits may have to be refused; on any thread. */
  public void onRefusal(Runnable listener) {
    onRefusal.add(listener);
  }

  /** Returns the position that output written now has to wait for. */
  public long position() {
    LongSupplier now = end;
    return now == null ? AT_ONCE : now.getAsLong();
  }

  /** Tells whether output that waits for a position may leave. */
  public boolean passes(long position) {
    if (position == AT_ONCE) {
      return true;
    }
    for (Policy policy : policies) {
      if (position > policy.reached) {
        return false;
      }
    }
    return true;
  }

  /** Output of a loop begins to wait for a position. */
  public void held(long position, Loop loop) {
    for (Policy policy : policies) {
      if (position > policy.reached) {
        policy.whenHeld.accept(loop);
      }
    }
  }

  /**
   * Returns the leadership under which commands are executed now, {@link Told#DATA} while replies
   * promise nothing; read under the shard locks.
   */
  public long era() {
    return era;
  }

  /**
   * The leadership is over: what was executed under it and has not left is refused, if it was
   * {@link #binding}. Under the locks of all shards.
   */
  public void nextEra() {
    synchronized (this) {
      leadership++;
      era = era == Told.DATA ? era : leadership;
    }
    tell(onRefusal);
  }

  /** Says whether replies are a promise, from now on, that a later leadership has to keep. */
  public synchronized void binding(boolean yes) {
    era = yes ? leadership : Told.DATA;
  }

  /**
   * Returns what a client has to be told in place of its replies, or null if they may leave or wait
   * on.
   *
   * @param itsEra the leadership under which they were made, {@link Told#NOTHING} or {@link
   *     Told#DATA} for none
   * @param heldNs for how long they have been held
   */
  public @Nullable String refusal(long position, long itsEra, long heldNs) {
    if (itsEra > Told.NOTHING && itsEra != leadership) {
      return LEADERSHIP_LOST;
    }
    for (Policy policy : policies) {
      long patienceNs = policy.patienceNs;
      if (patienceNs > 0 && heldNs >= patienceNs && position > policy.reached) {
        return policy.refusal;
      }
    }
    return null;
  }

  /** Returns after how long something may have to be refused, in nanoseconds; 0: never. */
  public long patienceNs() {
    long shortest = 0;
    for (Policy policy : policies) {
      long ns = policy.patienceNs;
      shortest = shortest == 0 ? ns : ns == 0 ? shortest : Math.min(shortest, ns);
    }
    return shortest;
  }

  private static void tell(List<Runnable> listeners) {
    for (Runnable listener : listeners) {
      listener.run();
    }
  }
}
