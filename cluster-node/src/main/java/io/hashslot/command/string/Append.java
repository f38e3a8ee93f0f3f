package io.hashslot.command.string;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.command.LengthLimit;
import io.hashslot.keyspace.Key;
import io.hashslot.value.StringValue;

/** APPEND key value */
final class Append {
  private final LengthLimit limit;

  Append(LengthLimit limit) {
    this.limit = limit;
  }

  void execute(Context ctx, Args args) {
    Key key = ctx.key(1);
    if (ctx.keys().peek(key) instanceof StringValue old) {
      limit.check(ctx, (long) old.length() + args.length(2));
    }
    int length = ctx.keys().append(key, args.address(2), args.length(2));
    ctx.changed(key, KeyEvent.STRING, "append");
    ctx.reply().integer(length);
  }
}
