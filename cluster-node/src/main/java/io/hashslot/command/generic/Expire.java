package io.hashslot.command.generic;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;

/**
 * EXPIRE key seconds [NX | XX | GT | LT]; also PEXPIRE key milliseconds, EXPIREAT key
 * unix-time-seconds, PEXPIREAT key unix-time-milliseconds
 */
final class Expire {
  private Expire() {}

  static void seconds(Context ctx, Args args) {
    expire(ctx, args, 1000, ctx.nowMs());
  }

  static void millis(Context ctx, Args args) {
    expire(ctx, args, 1, ctx.nowMs());
  }

  static void atSeconds(Context ctx, Args args) {
    expire(ctx, args, 1000, 0);
  }

  static void atMillis(Context ctx, Args args) {
    expire(ctx, args, 1, 0);
  }

  /** On what the present expiry must be like; several may be asked for. */
  private record Conditions(boolean none, boolean some, boolean later, boolean earlier) {
    static Conditions of(Args args) {
      boolean none = false;
      boolean some = false;
      boolean later = false;
      boolean earlier = false;
      for (int i = 3; i < args.count(); i++) {
        if (args.is(i, "NX")) {
          none = true;
        } else if (args.is(i, "XX")) {
          some = true;
        } else if (args.is(i, "GT")) {
          later = true;
        } else if (args.is(i, "LT")) {
          earlier = true;
        } else {
          throw CommandException.err("Unsupported option " + args.text(i));
        }
      }
      if (none && (some || later || earlier)) {
        throw CommandException.err(
            "NX and XX, GT or LT options at the same time are not compatible");
      }
      if (later && earlier) {
        throw CommandException.err("GT and LT options at the same time are not compatible");
      }
      return new Conditions(none, some, later, earlier);
    }

    /** Judges a new time; a key without expiry counts as one that lives for ever. */
    boolean allow(long nowAtMs, long newAtMs) {
      boolean expires = nowAtMs != Keys.NO_EXPIRY;
      return !(none && expires)
          && !(some && !expires)
          && !(later && (!expires || newAtMs <= nowAtMs))
          && !(earlier && expires && newAtMs >= nowAtMs);
    }
  }

  private static void expire(Context ctx, Args args, int unitMs, long fromMs) {
    Conditions conditions = Conditions.of(args);
    long amount = args.integer(2);
    if (amount > Long.MAX_VALUE / unitMs
        || amount < Long.MIN_VALUE / unitMs
        || amount * unitMs > Long.MAX_VALUE - fromMs) {
      throw CommandException.err("invalid expire time in '" + ctx.command().name() + "' command");
    }
    long atMs = amount * unitMs + fromMs;
    Key key = ctx.key(1);
    if (ctx.keys().findForWrite(key) == null
        || !conditions.allow(ctx.keys().expireAtMs(key), atMs)) {
      ctx.reply().integer(0);
      return;
    }
    if (ctx.isPast(atMs)) {
      ctx.keys().remove(key);
      ctx.changed(key, KeyEvent.GENERIC, "del");
      ctx.effects().command(ctx.database(), "UNLINK", 1).argument(key.address(), key.length());
    } else {
      // Times before 1970 have no place of their own, and make no difference.
      ctx.keys().expireAt(key, Math.max(0, atMs));
      ctx.changed(key, KeyEvent.GENERIC, "expire");
      repeat(ctx, args, key, atMs);
    }
    ctx.reply().integer(1);
  }

  private static void repeat(Context ctx, Args args, Key key, long atMs) {
    ctx.effects()
        .command(ctx.database(), "PEXPIREAT", args.count() - 1)
        .argument(key.address(), key.length())
        .argument(atMs);
    for (int i = 3; i < args.count(); i++) {
      ctx.effects().argument(args.address(i), args.length(i));
    }
  }
}
