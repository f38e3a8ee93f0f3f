package io.hashslot.command.generic;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;

/** TTL key; also PTTL key, EXPIRETIME key, PEXPIRETIME key */
final class Ttl {
  private static final int NO_KEY = -2;
  private static final int NO_EXPIRY = -1;

  private Ttl() {}

  static void seconds(Context ctx, Args args) {
    reply(ctx, ctx.nowMs(), 1000);
  }

  static void millis(Context ctx, Args args) {
    reply(ctx, ctx.nowMs(), 1);
  }

  static void atSeconds(Context ctx, Args args) {
    reply(ctx, 0, 1000);
  }

  static void atMillis(Context ctx, Args args) {
    reply(ctx, 0, 1);
  }

  private static void reply(Context ctx, long fromMs, int unitMs) {
    Key key = ctx.key(1);
    if (!ctx.keys().exists(key)) {
      ctx.reply().integer(NO_KEY);
      return;
    }
    long atMs = ctx.keys().expireAtMs(key);
    if (atMs == Keys.NO_EXPIRY) {
      ctx.reply().integer(NO_EXPIRY);
    } else {
      long leftMs = Math.max(0, atMs - fromMs);
      ctx.reply().integer(unitMs == 1 ? leftMs : (leftMs + unitMs / 2) / unitMs);
    }
  }
}
