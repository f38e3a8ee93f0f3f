package io.hashslot.command.string;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;
import io.hashslot.value.StringValue;

/**
 * GETEX key [EX seconds | PX milliseconds | EXAT unix-time-seconds | PXAT unix-time-milliseconds |
 * PERSIST]
 */
final class Getex {
  private Getex() {}

  static void execute(Context ctx, Args args) {
    SetOptions options = SetOptions.ofGetex(args);
    Key key = ctx.key(1);
    StringValue value = ctx.keys().string(key);
    if (value == null) {
      ctx.reply().nil();
      return;
    }
    long expireAtMs = options.expireAtMs(ctx, args);
    ctx.reply().bulk(value.address(), value.length());
    if (options.persist()) {
      persist(ctx, key);
    } else if (expireAtMs != Keys.NO_EXPIRY) {
      expire(ctx, key, expireAtMs);
    }
  }

  private static void persist(Context ctx, Key key) {
    if (ctx.keys().persist(key)) {
      ctx.changed(key, KeyEvent.GENERIC, "persist");
      ctx.effects().command(ctx.database(), "PERSIST", 1).argument(key.address(), key.length());
    }
  }

  private static void expire(Context ctx, Key key, long expireAtMs) {
    if (ctx.isPast(expireAtMs)) {
      ctx.keys().remove(key);
      ctx.changed(key, KeyEvent.GENERIC, "del");
      ctx.effects().command(ctx.database(), "UNLINK", 1).argument(key.address(), key.length());
      return;
    }
    ctx.keys().expireAt(key, expireAtMs);
    ctx.changed(key, KeyEvent.GENERIC, "expire");
    ctx.effects()
        .command(ctx.database(), "PEXPIREAT", 2)
        .argument(key.address(), key.length())
        .argument(expireAtMs);
  }
}
