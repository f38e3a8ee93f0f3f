package io.hashslot.command.set;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.value.SetValue;

/** SMOVE source destination member */
final class Smove {
  private Smove() {}

  static void execute(Context ctx, Args args) {
    Key source = ctx.key(1);
    Key destination = ctx.key(2);
    SetValue from = ctx.values().setForWrite(source);
    if (from == null) {
      ctx.reply().integer(0);
      return;
    }
    if (source.sameAs(destination)) {
      ctx.reply().integer(from.contains(args.address(3), args.length(3)) ? 1 : 0);
      return;
    }
    // Only to see that it can take the member: nothing may be lost on the way.
    ctx.values().setForWrite(destination);
    if (!from.remove(args.address(3), args.length(3))) {
      ctx.reply().integer(0);
      return;
    }
    ctx.changed(source, KeyEvent.SET, "srem");
    Srem.endIfEmpty(ctx, source);
    SetValue to = ctx.values().setOrNew(destination);
    to.expect(args.address(3), args.length(3), 1);
    if (to.add(args.address(3), args.length(3))) {
      ctx.changed(destination, KeyEvent.SET, "sadd");
    }
    ctx.reply().integer(1);
  }
}
