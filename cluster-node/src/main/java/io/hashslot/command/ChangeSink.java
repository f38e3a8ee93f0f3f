package io.hashslot.command;

import io.hashslot.keyspace.Key;

/** Who must know that a key changed: transactions that watch it, clients that cache it. */
@FunctionalInterface
public interface ChangeSink {
  /** A key was changed or removed. Called under the lock of its shard. */
  void changed(int database, Key key);
}
