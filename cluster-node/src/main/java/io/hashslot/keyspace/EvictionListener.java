package io.hashslot.keyspace;

/** Who is told of keys that make room for others. */
@FunctionalInterface
public interface EvictionListener {
  /**
   * A key is about to be deleted to make room: to be journalled and notified as {@code evicted}.
   * Called under the lock of the key's shard; the receiver must not call the keyspace.
   */
  void evicted(int database, Key key);
}
