package io.hashslot.keyspace;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The lock of one shard. It belongs to an execution, not to a thread: whoever has entered may leave
 * from another thread.
 *
 * <p>The state is a set of bits. {@link #HELD}: an execution is inside. {@link #SLOW}: it belongs
 * to the slow lane and may stay long, so spinning is pointless. {@link #PARKED}: executions wait in
 * the queue and must be told. {@link #TURNSTILE}: a thread of the slow lane waits; until it has
 * been served nobody else gets in, so a stream of short executions cannot starve it. An execution
 * of an event loop never blocks here: it tries for about a microsecond, and then its session is
 * parked.
 *
 * <p>No wake-up is lost: to park is to enqueue and then to set PARKED while HELD, in one
 * compare-and-set; to leave is to clear both in one compare-and-set and then to wake whoever is in
 * the queue. So either the leaver sees the bit, or the parker sees a free lock and tries again at
 * once.
 */
final class ShardLock {
  private static final int HELD = 1;
  private static final int SLOW = 2;
  private static final int PARKED = 4;
  private static final int TURNSTILE = 8;

  /** About a microsecond of pauses on current machines. */
  private static final int SPINS = 24;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(ShardLock.class, "state", int.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /**
   * The virtual machine lays out long fields first: they keep the state off the cache line of what
   * stands before this object. What comes after it belongs to the same shard.
   */
  @SuppressWarnings("unused")
  private long pad0, pad1, pad2, pad3, pad4, pad5, pad6, pad7;

  private volatile int state;

  private final ConcurrentLinkedQueue<Parked> parked = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Thread slowWaiter;

  /** How often the slow lane has been inside; changed by the holder only. */
  private volatile int slowStays;

  /** Enters if the shard is free or becomes free within about a microsecond. */
  boolean tryEnter() {
    if (STATE.compareAndSet(this, 0, HELD)) {
      return true;
    }
    for (int i = 0; i < SPINS; i++) {
      int seen = state;
      if ((seen & (SLOW | TURNSTILE)) != 0) {
        return false;
      }
      if ((seen & HELD) == 0 && STATE.compareAndSet(this, seen, seen | HELD)) {
        return true;
      }
      Thread.onSpinWait();
    }
    return false;
  }

  /** Enters if the shard is free and nobody waits for it. */
  boolean enterIfFree() {
    return STATE.compareAndSet(this, 0, HELD);
  }

  /**
   * Enters as slow holder, waiting as long as it takes. Only one thread may wait at a time: {@link
   * Shards} sees to it.
   */
  void enterSlow() {
    slowWaiter = Thread.currentThread();
    while (true) {
      int seen = state;
      if ((seen & HELD) == 0) {
        if (STATE.compareAndSet(this, seen, seen & ~TURNSTILE | HELD | SLOW)) {
          slowWaiter = null;
          slowStays = slowStays == Integer.MAX_VALUE ? 1 : slowStays + 1;
          return;
        }
      } else if ((seen & TURNSTILE) == 0) {
        STATE.compareAndSet(this, seen, seen | TURNSTILE);
      } else {
        LockSupport.park(this);
      }
    }
  }

  /**
   * Queues an execution to be told when the shard is released.
   *
   * @return false if the shard is free by now: nothing was queued, try again at once
   */
  boolean park(Parked execution) {
    parked.add(execution);
    while (true) {
      int seen = state;
      if ((seen & (HELD | TURNSTILE)) == 0) {
        // Whoever polls it first, a leaver or we, decides whether it is told or tries by itself.
        return !parked.remove(execution);
      }
      if ((seen & PARKED) != 0 || STATE.compareAndSet(this, seen, seen | PARKED)) {
        return true;
      }
    }
  }

  /** Leaves, and tells whoever waits. */
  void leave() {
    int seen = HELD;
    if (STATE.compareAndSet(this, HELD, 0)) {
      return;
    }
    do {
      seen = state;
    } while (!STATE.compareAndSet(this, seen, seen & TURNSTILE));
    if ((seen & TURNSTILE) != 0) {
      LockSupport.unpark(slowWaiter);
    }
    if ((seen & PARKED) != 0) {
      wakeParked();
    }
  }

  private void wakeParked() {
    for (Parked execution = parked.poll(); execution != null; execution = parked.poll()) {
      execution.tryAgain();
    }
  }

  /**
   * Which stay of the slow lane this is, a positive number that the next one will not have; 0 if it
   * is not inside. Seen from outside, the number may be that of the stay before for an instant.
   */
  int slowStay() {
    return (state & SLOW) != 0 ? slowStays : 0;
  }

  /** Whether an execution is inside. */
  boolean isHeld() {
    return (state & HELD) != 0;
  }
}
