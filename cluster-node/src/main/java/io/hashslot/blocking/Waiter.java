package io.hashslot.blocking;

import io.hashslot.session.Session;
import io.hashslot.session.Waiting;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One client that waits for keys. Exactly one of two parties ends that: whoever makes a key ready
 * {@linkplain #claim claims} the waiter, under the lock of that key's shard and on any thread; or
 * the client's own loop ends it, because its time is up, somebody unblocks it, or the client is
 * gone. One compare-and-set decides, so nobody is served twice, and nothing is taken out of a key
 * for a client that has been told that its time is up.
 */
public abstract class Waiter implements Waiting {
  private static final int WAITS = 0;
  private static final int CLAIMED = 1;
  private static final int ENDED = 2;

  private final Waiters register;
  private final Session session;
  private final List<WaitedKey> keys;
  private final long targets;
  private final boolean endsWithKey;
  private final AtomicInteger state = new AtomicInteger();

  /** The place in the lines of its keys. */
  long ticket;

  /**
   * Makes the waiter of a session; {@link Waiters#add} lets it wait.
   *
   * @param keys what it waits for
   * @param targets shards of other keys that serving it needs, as a bit mask
   * @param endsWithKey whether it ends when a key is deleted or becomes of another kind
   */
  protected Waiter(
      Waiters register, Session session, List<WaitedKey> keys, long targets, boolean endsWithKey) {
    this.register = register;
    this.session = session;
    this.keys = List.copyOf(keys);
    this.targets = targets;
    this.endsWithKey = endsWithKey;
  }

  /** Returns the client. */
  public Session session() {
    return session;
  }

  /** Returns what it waits for, each key once. */
  public List<WaitedKey> keys() {
    return keys;
  }

  /** Returns the place in the lines of its keys: whoever came later has a greater one. */
  public long ticket() {
    return ticket;
  }

  long targets() {
    return targets;
  }

  /** Tells whether it ends when a key is deleted or becomes of another kind. */
  public boolean endsWithKey() {
    return endsWithKey;
  }

  /**
   * Looks at a key again, soon, on the client's own loop: it may have become ready outside of any
   * execution. Any thread.
   */
  public abstract void lookAgain(WaitedKey key);

  /** The waiting has been ended by the client's own loop, or the client is gone. */
  protected abstract void abandoned();

  /**
   * Takes the waiter, to answer it: nobody else will. Under the lock of the shard of a key.
   *
   * @return false if it waits no more
   */
  public final boolean claim() {
    if (!state.compareAndSet(WAITS, CLAIMED)) {
      return false;
    }
    register.remove(this);
    return true;
  }

  @Override
  public final boolean tryEnd() {
    return state.compareAndSet(WAITS, ENDED);
  }

  @Override
  public final void onEnd() {
    register.remove(this);
    if (state.getAndUpdate(now -> now == WAITS ? ENDED : now) != CLAIMED) {
      abandoned();
    }
  }
}
