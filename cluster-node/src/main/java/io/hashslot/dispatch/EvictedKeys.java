package io.hashslot.dispatch;

import io.hashslot.command.KeyEvent;
import io.hashslot.journal.Effects;
import io.hashslot.keyspace.EvictionListener;
import io.hashslot.keyspace.Key;

/**
 * What follows when a key makes room for others: each for itself is journalled, under the lock of
 * its shard, and told to listeners. Used by one thread.
 */
final class EvictedKeys implements EvictionListener {
  private final Environment environment;
  private final Effects effects = new Effects();

  EvictedKeys(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void evicted(int database, Key key) {
    if (environment.journal().recording()) {
      String command = environment.memory().unlinks() ? "UNLINK" : "DEL";
      effects.command(database, command, 1).argument(key.address(), key.length());
      environment.journal().append(effects);
      effects.reset();
    }
    environment.watches().changed(database, key);
    environment.waiters().removed(database, key);
    if ((environment.events().enabled() & KeyEvent.EVICTED.bit()) != 0) {
      environment
          .events()
          .keyEvent(KeyEvent.EVICTED, "evicted", database, key.address(), key.length());
    }
  }

  void close() {
    effects.close();
  }
}
