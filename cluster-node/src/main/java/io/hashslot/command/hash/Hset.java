package io.hashslot.command.hash;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.value.HashValue;

/** HSET key field value [field value ...]; also HMSET key field value [field value ...] */
final class Hset {
  private Hset() {}

  static void execute(Context ctx, Args args) {
    ctx.reply().integer(setAll(ctx, args));
  }

  static void many(Context ctx, Args args) {
    setAll(ctx, args);
    ctx.reply().ok();
  }

  /** Sets all fields; returns how many are new. */
  private static int setAll(Context ctx, Args args) {
    if (args.count() % 2 != 0) {
      throw CommandException.err(
          "wrong number of arguments for '" + ctx.command().name() + "' command");
    }
    Key key = ctx.key(1);
    HashValue hash = ctx.values().hashOrNew(key);
    expect(hash, args, 2);
    int added = 0;
    for (int i = 2; i < args.count(); i += 2) {
      added += put(hash, args, i) ? 1 : 0;
    }
    ctx.changed(key, KeyEvent.HASH, "hset");
    ctx.changedMany(args.count() / 2 - 2);
    return added;
  }

  /** Tells a hash which fields and values are coming, so that it changes its form once at most. */
  static void expect(HashValue hash, Args args, int first) {
    int longest = 0;
    long bytes = 0;
    for (int i = first; i < args.count(); i++) {
      longest = Math.max(longest, args.length(i));
      bytes += args.length(i);
    }
    hash.expect((args.count() - first) / 2, longest, bytes);
  }

  /** Sets the field that is an argument to the one after it; tells whether it is new. */
  static boolean put(HashValue hash, Args args, int field) {
    return hash.put(
        args.address(field), args.length(field), args.address(field + 1), args.length(field + 1));
  }
}
