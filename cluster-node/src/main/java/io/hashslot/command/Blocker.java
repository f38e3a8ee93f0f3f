package io.hashslot.command;

import io.hashslot.keyspace.Key;
import org.jspecify.annotations.Nullable;

/** Lets clients wait for keys, and hears of what may end their waiting. */
public interface Blocker {
  /**
   * Makes the client of the command under way wait; see {@link Context#await}.
   *
   * @param first argument that is the first key
   * @param count how many keys there are, one after the other
   * @param timeoutMs 0 means without end
   * @param again what is run when the condition holds; null for the command's own body
   */
  void await(int first, int count, long timeoutMs, WaitCondition condition, @Nullable Body again);

  /**
   * Tells whether the command under way may look at one of its keys; see {@link Context#offers}.
   */
  boolean offers(int database, Key key);

  /** A key may have become ready; under the lock of its shard. */
  void signal(int database, Key key);

  /** All keys of a database may have become ready; under the locks of all shards. */
  void signalAll(int database);
}
