package io.hashslot.command.stream;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.value.StreamValue;

/** XRANGE key start end [COUNT count]; also XREVRANGE key end start [COUNT count] */
final class Xrange {
  private Xrange() {}

  static void execute(Context ctx, Args args) {
    range(ctx, args, StreamRange.start(args, 2), StreamRange.end(args, 3), false);
  }

  static void backwards(Context ctx, Args args) {
    range(ctx, args, StreamRange.start(args, 3), StreamRange.end(args, 2), true);
  }

  private static void range(
      Context ctx, Args args, StreamId start, StreamId end, boolean backwards) {
    long count = Long.MAX_VALUE;
    for (int i = 4; i < args.count(); i += 2) {
      if (!args.is(i, "COUNT") || i + 1 == args.count()) {
        throw CommandException.SYNTAX;
      }
      count = args.integer(i + 1);
    }
    StreamValue stream = ctx.values().stream(ctx.key(1));
    if (stream == null) {
      ctx.reply().array(0);
    } else if (count <= 0) {
      ctx.reply().nilArray();
    } else {
      EntryReply.range(ctx.reply(), stream, start, end, backwards, count);
    }
  }
}
