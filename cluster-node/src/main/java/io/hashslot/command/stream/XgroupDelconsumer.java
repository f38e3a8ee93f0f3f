package io.hashslot.command.stream;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.value.StreamConsumer;
import io.hashslot.value.StreamGroup;

/** XGROUP DELCONSUMER key group consumer */
final class XgroupDelconsumer {
  private XgroupDelconsumer() {}

  static void execute(Context ctx, Args args) {
    StreamGroup group = Groups.groupOfXgroup(ctx, args);
    long consumer = group.consumer(args.address(4), args.length(4));
    if (consumer == 0) {
      ctx.reply().integer(0);
      return;
    }
    long pending = StreamConsumer.pendingCount(consumer);
    group.removeConsumer(consumer);
    ctx.changedMany(1);
    ctx.notify(ctx.key(2), KeyEvent.STREAM, "xgroup-delconsumer");
    ctx.reply().integer(pending);
  }
}
