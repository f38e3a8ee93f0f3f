package io.hashslot.command.string;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;
import io.hashslot.value.StringValue;
import org.jspecify.annotations.Nullable;

/**
 * SET key value [NX | XX] [GET] [EX seconds | PX milliseconds | EXAT unix-time-seconds | PXAT
 * unix-time-milliseconds | KEEPTTL]
 */
final class Set {
  private Set() {}

  static void execute(Context ctx, Args args) {
    if (args.count() == 3) {
      Key key = ctx.key(1);
      put(ctx, args, key, Keys.NO_EXPIRY);
      ctx.reply().ok();
      return;
    }
    withOptions(ctx, args);
  }

  private static void put(Context ctx, Args args, Key key, long expireAtMs) {
    ctx.keys().put(key, args.address(2), args.length(2), expireAtMs);
    ctx.changed(key, KeyEvent.STRING, "set");
  }

  private static void withOptions(Context ctx, Args args) {
    boolean ifAbsent = false;
    boolean ifPresent = false;
    boolean get = false;
    boolean keep = false;
    @Nullable Expiry expiry = null;
    int timeArgument = 0;
    for (int i = 3; i < args.count(); i++) {
      Expiry named = expiry(args, i);
      if (args.is(i, "NX") && !ifPresent) {
        ifAbsent = true;
      } else if (args.is(i, "XX") && !ifAbsent) {
        ifPresent = true;
      } else if (args.is(i, "GET")) {
        get = true;
      } else if (args.is(i, "KEEPTTL") && expiry == null) {
        keep = true;
      } else if (named != null && expiry == null && !keep && i + 1 < args.count()) {
        expiry = named;
        timeArgument = ++i;
      } else {
        throw CommandException.SYNTAX;
      }
    }
    long expireAtMs =
        expiry != null
            ? expiry.atMs(ctx, args, timeArgument)
            : keep ? Keys.KEEP_EXPIRY : Keys.NO_EXPIRY;
    Key key = ctx.key(1);
    boolean present;
    if (get) {
      StringValue old = ctx.keys().string(key);
      present = old != null;
      if (old == null) {
        ctx.reply().nil();
      } else {
        ctx.reply().bulk(old.address(), old.length());
      }
    } else {
      present = (ifAbsent || ifPresent) && ctx.keys().findForWrite(key) != null;
    }
    if (ifAbsent && present || ifPresent && !present) {
      if (!get) {
        ctx.reply().nil();
      }
      return;
    }
    put(ctx, args, key, expireAtMs);
    if (expireAtMs >= 0) {
      ctx.notify(key, KeyEvent.GENERIC, "expire");
      // Absolute, so that whoever repeats it later gets the same moment.
      ctx.effects()
          .command(ctx.database(), "SET", 4)
          .argument(args.address(1), args.length(1))
          .argument(args.address(2), args.length(2))
          .argument("PXAT")
          .argument(expireAtMs);
    }
    if (!get) {
      ctx.reply().ok();
    }
  }

  private static @Nullable Expiry expiry(Args args, int i) {
    if (args.is(i, "EX")) {
      return Expiry.EX;
    }
    if (args.is(i, "PX")) {
      return Expiry.PX;
    }
    if (args.is(i, "EXAT")) {
      return Expiry.EXAT;
    }
    return args.is(i, "PXAT") ? Expiry.PXAT : null;
  }
}
