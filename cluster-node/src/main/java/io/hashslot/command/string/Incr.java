package io.hashslot.command.string;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;
import io.hashslot.resp.Decimal;
import io.hashslot.value.StringValue;

/** INCR key; also DECR key, INCRBY key increment, DECRBY key decrement */
final class Incr {
  private Incr() {}

  static void execute(Context ctx, Args args) {
    add(ctx, 1);
  }

  static void down(Context ctx, Args args) {
    add(ctx, -1);
  }

  static void by(Context ctx, Args args) {
    add(ctx, args.integer(2));
  }

  static void downBy(Context ctx, Args args) {
    long amount = args.integer(2);
    if (amount == Long.MIN_VALUE) {
      throw CommandException.err("decrement would overflow");
    }
    add(ctx, -amount);
  }

  private static void add(Context ctx, long amount) {
    Key key = ctx.key(1);
    StringValue old = ctx.keys().stringForWrite(key);
    long before = old == null ? 0 : number(old);
    long after = before + amount;
    if (((before ^ after) & (amount ^ after)) < 0) {
      throw CommandException.err("increment or decrement would overflow");
    }
    ctx.keys().putLong(key, after, Keys.KEEP_EXPIRY);
    ctx.changed(key, KeyEvent.STRING, "incrby");
    ctx.reply().integer(after);
  }

  private static long number(StringValue text) {
    if (!Decimal.isLong(text.address(), text.length())) {
      throw CommandException.NOT_INTEGER;
    }
    return Decimal.parse(text.address(), text.length());
  }
}
