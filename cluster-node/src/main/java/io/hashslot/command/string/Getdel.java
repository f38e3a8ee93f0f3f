package io.hashslot.command.string;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.value.StringValue;

/** GETDEL key */
final class Getdel {
  private Getdel() {}

  static void execute(Context ctx, Args args) {
    Key key = ctx.key(1);
    StringValue value = ctx.keys().string(key);
    if (value == null) {
      ctx.reply().nil();
      return;
    }
    ctx.reply().bulk(value.address(), value.length());
    ctx.keys().remove(key);
    ctx.changed(key, KeyEvent.GENERIC, "del");
    ctx.effects().command(ctx.database(), "DEL", 1).argument(key.address(), key.length());
  }
}
