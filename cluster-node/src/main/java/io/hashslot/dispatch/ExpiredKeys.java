package io.hashslot.dispatch;

import io.hashslot.command.KeyEvent;
import io.hashslot.journal.Effects;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.KeyspaceEvents;

/**
 * What follows when the node itself finds a key expired, outside any command: each key for itself
 * is journalled, under the lock of its shard, and told to listeners. Used by one thread.
 */
public final class ExpiredKeys implements KeyspaceEvents {
  private final Environment environment;
  private final Effects effects = new Effects();

  /** Makes it for a node. */
  public ExpiredKeys(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void expired(int database, Key key) {
    if (environment.journal().recording()) {
      effects.command(database, "UNLINK", 1).argument(key.address(), key.length());
      environment.journal().append(effects);
      effects.reset();
    }
    environment.watches().changed(database, key);
    environment.waiters().removed(database, key);
    if ((environment.events().enabled() & KeyEvent.EXPIRED.bit()) != 0) {
      environment
          .events()
          .keyEvent(KeyEvent.EXPIRED, "expired", database, key.address(), key.length());
    }
  }

  @Override
  public void created(int database, Key key) {}

  @Override
  public void missed(int database, Key key) {}

  /** Gives native memory back. */
  public void close() {
    effects.close();
  }
}
