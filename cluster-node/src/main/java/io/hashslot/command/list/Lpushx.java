package io.hashslot.command.list;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.keyspace.Key;
import io.hashslot.value.ListSide;
import io.hashslot.value.ListValue;

/** LPUSHX key element [element ...], and RPUSHX */
final class Lpushx {
  private Lpushx() {}

  static void left(Context ctx, Args args) {
    pushIfPresent(ctx, args, ListSide.LEFT, "lpush");
  }

  static void right(Context ctx, Args args) {
    pushIfPresent(ctx, args, ListSide.RIGHT, "rpush");
  }

  private static void pushIfPresent(Context ctx, Args args, ListSide side, String event) {
    Key key = ctx.key(1);
    ListValue list = ctx.values().listForWrite(key);
    if (list == null) {
      ctx.reply().integer(0);
    } else {
      Lpush.push(ctx, args, key, list, side, event);
    }
  }
}
