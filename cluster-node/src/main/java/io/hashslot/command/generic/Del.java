package io.hashslot.command.generic;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;

/** DEL key [key ...]; also UNLINK key [key ...] */
final class Del {
  private Del() {}

  static void keys(Context ctx, Args args) {
    int deleted = 0;
    for (int i = 1; i < args.count(); i++) {
      Key key = ctx.key(i);
      if (ctx.keys().remove(key)) {
        ctx.changed(key, KeyEvent.GENERIC, "del");
        deleted++;
      }
    }
    ctx.reply().integer(deleted);
  }
}
