package io.hashslot.dispatch;

import io.hashslot.command.KeyEvent;
import io.hashslot.command.KeyEventSink;

/** Nobody listens to keyspace events: for loading and tests. */
public enum NoEvents implements KeyEventSink {
  INSTANCE;

  @Override
  public int enabled() {
    return 0;
  }

  @Override
  public void keyEvent(KeyEvent type, String event, int database, long address, int length) {}
}
