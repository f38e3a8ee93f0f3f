package io.hashslot.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A lock for a few hundred nanoseconds: spins, then yields. A leaf: whoever holds it calls nobody
 * and takes no other lock, so it can be taken under shard locks without a thought about order. Not
 * reentrant.
 */
final class LeafLock {
  private static final int SPINS_BEFORE_YIELD = 200;
  private static final VarHandle HELD;

  static {
    try {
      HELD = MethodHandles.lookup().findVarHandle(LeafLock.class, "held", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused") // through HELD
  private int held;

  void lock() {
    int spins = 0;
    while (!HELD.compareAndSet(this, 0, 1)) {
      // On few cores the holder may have been descheduled; burning its time slice would only delay
      // it.
      if (++spins < SPINS_BEFORE_YIELD) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
  }

  void unlock() {
    HELD.setRelease(this, 0);
  }
}
