package io.hashslot.command.string;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.value.StringValue;

/** GETRANGE key start end; also by its old name SUBSTR */
final class Getrange {
  private Getrange() {}

  static void range(Context ctx, Args args) {
    long start = args.integer(2);
    long end = args.integer(3);
    StringValue value = ctx.keys().string(ctx.key(1));
    int length = value == null ? 0 : value.length();
    if (length == 0 || start < 0 && end < 0 && start > end) {
      ctx.reply().bulk("");
      return;
    }
    long from = Math.max(0, start < 0 ? length + start : start);
    long to = Math.min(length - 1, Math.max(0, end < 0 ? length + end : end));
    if (value == null || from > to) {
      ctx.reply().bulk("");
    } else {
      ctx.reply().bulk(value.address() + from, (int) (to - from + 1));
    }
  }
}
