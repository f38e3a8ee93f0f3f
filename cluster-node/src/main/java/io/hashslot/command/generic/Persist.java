package io.hashslot.command.generic;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;

/** PERSIST key */
final class Persist {
  private Persist() {}

  static void execute(Context ctx, Args args) {
    Key key = ctx.key(1);
    boolean persisted = ctx.keys().findForWrite(key) != null && ctx.keys().persist(key);
    if (persisted) {
      ctx.changed(key, KeyEvent.GENERIC, "persist");
    }
    ctx.reply().integer(persisted ? 1 : 0);
  }
}
