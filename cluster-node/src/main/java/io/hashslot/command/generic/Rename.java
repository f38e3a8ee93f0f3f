package io.hashslot.command.generic;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;

/** RENAME key newkey; also RENAMENX key newkey */
final class Rename {
  private Rename() {}

  static void execute(Context ctx, Args args) {
    rename(ctx, false);
    ctx.reply().ok();
  }

  static void ifAbsent(Context ctx, Args args) {
    ctx.reply().integer(rename(ctx, true) ? 1 : 0);
  }

  private static boolean rename(Context ctx, boolean ifAbsent) {
    Key from = ctx.key(1);
    Key to = ctx.key(2);
    if (ctx.keys().findForWrite(from) == null) {
      throw CommandException.NO_SUCH_KEY;
    }
    if (from.sameAs(to) || ifAbsent && ctx.keys().findForWrite(to) != null) {
      return false;
    }
    ctx.keys().rename(from, to);
    ctx.changed(from, KeyEvent.GENERIC, "rename_from");
    ctx.changed(to, KeyEvent.GENERIC, "rename_to");
    return true;
  }
}
