package io.hashslot.keyspace;

/** An execution that waits for a shard without holding a thread. */
@FunctionalInterface
public interface Parked {
  /**
   * The shard was released: try again soon. Called once per {@link Shards#park}, by the thread that
   * released it: post and return.
   */
  void tryAgain();
}
