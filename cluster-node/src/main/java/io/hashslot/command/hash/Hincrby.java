package io.hashslot.command.hash;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.resp.Decimal;
import io.hashslot.structure.Slice;
import io.hashslot.value.HashValue;

/** HINCRBY key field increment */
final class Hincrby {
  private Hincrby() {}

  static void execute(Context ctx, Args args) {
    long amount = args.integer(3);
    Key key = ctx.key(1);
    HashValue hash = ctx.values().hashOrNew(key);
    long before = hash.get(args.address(2), args.length(2)) ? number(hash.found()) : 0;
    long after = before + amount;
    if (((before ^ after) & (amount ^ after)) < 0) {
      throw CommandException.err("increment or decrement would overflow");
    }
    hash.putLong(args.address(2), args.length(2), after);
    ctx.changed(key, KeyEvent.HASH, "hincrby");
    ctx.reply().integer(after);
  }

  private static long number(Slice text) {
    if (!Decimal.isLong(text.address(), text.length())) {
      throw CommandException.err("hash value is not an integer");
    }
    return Decimal.parse(text.address(), text.length());
  }
}
