package io.hashslot.command.set;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.value.SetValue;

/** SADD key member [member ...] */
final class Sadd {
  private Sadd() {}

  static void execute(Context ctx, Args args) {
    Key key = ctx.key(1);
    SetValue set = ctx.values().setOrNew(key);
    set.expect(args.address(2), args.length(2), args.count() - 2);
    int added = 0;
    for (int i = 2; i < args.count(); i++) {
      if (set.add(args.address(i), args.length(i))) {
        added++;
      }
    }
    if (added > 0) {
      ctx.changed(key, KeyEvent.SET, "sadd");
      ctx.changedMany(added - 1);
    }
    ctx.reply().integer(added);
  }
}
