package io.hashslot.command.string;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;
import io.hashslot.value.StringValue;

/**
 * SET key value [NX | XX] [GET] [EX seconds | PX milliseconds | EXAT unix-time-seconds | PXAT
 * unix-time-milliseconds | KEEPTTL]
 */
final class Set {
  private Set() {}

  static void execute(Context ctx, Args args) {
    if (args.count() == 3) {
      put(ctx, args, ctx.key(1), 2, Keys.NO_EXPIRY);
      ctx.reply().ok();
      return;
    }
    withOptions(ctx, args, SetOptions.ofSet(args));
  }

  private static void withOptions(Context ctx, Args args, SetOptions options) {
    long expireAtMs = options.expireAtMs(ctx, args);
    Key key = ctx.key(1);
    boolean present;
    if (options.get()) {
      present = replyOld(ctx, key);
    } else {
      present =
          options.condition() != SetOptions.Condition.ALWAYS
              && ctx.keys().findForWrite(key) != null;
    }
    boolean refused =
        switch (options.condition()) {
          case ALWAYS -> false;
          case IF_ABSENT -> present;
          case IF_PRESENT -> !present;
        };
    if (refused) {
      if (!options.get()) {
        ctx.reply().nil();
      }
      return;
    }
    putUntil(ctx, args, key, 2, expireAtMs);
    if (options.get()) {
      repeatWithoutGet(ctx, args);
    } else {
      ctx.reply().ok();
    }
  }

  /** Replies with the string at a key, as GET does; tells whether there is one. */
  static boolean replyOld(Context ctx, Key key) {
    StringValue old = ctx.keys().string(key);
    if (old == null) {
      ctx.reply().nil();
      return false;
    }
    ctx.reply().bulk(old.address(), old.length());
    return true;
  }

  /** Sets a key to an argument. */
  static void put(Context ctx, Args args, Key key, int value, long expireAtMs) {
    ctx.keys().put(key, args.address(value), args.length(value), expireAtMs);
    ctx.changed(key, KeyEvent.STRING, "set");
  }

  /** Sets a key to an argument, with a time if one is given; one that has passed deletes it. */
  static void putUntil(Context ctx, Args args, Key key, int value, long expireAtMs) {
    if (expireAtMs < 0) {
      put(ctx, args, key, value, expireAtMs);
      return;
    }
    if (ctx.isPast(expireAtMs)) {
      if (ctx.keys().remove(key)) {
        ctx.changed(key, KeyEvent.GENERIC, "del");
        ctx.effects().command(ctx.database(), "UNLINK", 1).argument(key.address(), key.length());
      }
      return;
    }
    put(ctx, args, key, value, expireAtMs);
    ctx.notify(key, KeyEvent.GENERIC, "expire");
    // Absolute, so that whoever repeats it later gets the same moment.
    ctx.effects()
        .command(ctx.database(), "SET", 4)
        .argument(key.address(), key.length())
        .argument(args.address(value), args.length(value))
        .argument("PXAT")
        .argument(expireAtMs);
  }

  /** The reply is of no use to whoever repeats the command. */
  private static void repeatWithoutGet(Context ctx, Args args) {
    if (ctx.rewritten() || ctx.dirty() == 0) {
      return;
    }
    int gets = 0;
    for (int i = 3; i < args.count(); i++) {
      gets += args.is(i, "GET") ? 1 : 0;
    }
    ctx.effects().command(ctx.database(), args.count() - gets);
    for (int i = 0; i < args.count(); i++) {
      if (i < 3 || !args.is(i, "GET")) {
        ctx.effects().argument(args.address(i), args.length(i));
      }
    }
  }
}
