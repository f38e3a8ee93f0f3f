package io.hashslot.command.list;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.value.ListSide;
import io.hashslot.value.ListValue;

/** LPUSH key element [element ...], and RPUSH */
final class Lpush {
  private Lpush() {}

  static void left(Context ctx, Args args) {
    Key key = ctx.key(1);
    push(ctx, args, key, ctx.values().listOrNew(key), ListSide.LEFT, "lpush");
  }

  static void right(Context ctx, Args args) {
    Key key = ctx.key(1);
    push(ctx, args, key, ctx.values().listOrNew(key), ListSide.RIGHT, "rpush");
  }

  /** Adds all arguments from the second on, one after the other, and replies with the length. */
  static void push(Context ctx, Args args, Key key, ListValue list, ListSide side, String event) {
    int count = args.count();
    long bytes = 0;
    for (int i = 2; i < count; i++) {
      bytes += args.length(i);
    }
    list.expect(bytes, count - 2);
    for (int i = 2; i < count; i++) {
      list.push(side, args.address(i), args.length(i));
    }
    ctx.reply().integer(list.size());
    ctx.changed(key, KeyEvent.LIST, event);
  }
}
