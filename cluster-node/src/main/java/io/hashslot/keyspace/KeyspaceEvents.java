package io.hashslot.keyspace;

/**
 * What the keyspace does on its own account while a body runs, and what a body cannot see. Called
 * under the lock of the key's shard, in the middle of an operation: the receiver may read the key's
 * bytes, write to journal and inboxes, but must not call the keyspace.
 */
public interface KeyspaceEvents {
  /**
   * A key is about to be deleted because its time has come: to be journalled as DEL or UNLINK, and
   * notified as {@code expired}.
   */
  void expired(int database, Key key);

  /**
   * A key that was not there has just been created; precedes whatever the body says of it
   * (notification {@code new}).
   */
  void created(int database, Key key);

  /** A key that was there has just got another value as a whole, maybe of another kind. */
  default void replaced(int database, Key key) {}

  /** A read has not found its key (notification {@code keymiss}). */
  void missed(int database, Key key);

  /** For loading and tests: nobody is told. */
  KeyspaceEvents NONE =
      new KeyspaceEvents() {
        @Override
        public void expired(int database, Key key) {}

        @Override
        public void created(int database, Key key) {}

        @Override
        public void missed(int database, Key key) {}
      };
}
