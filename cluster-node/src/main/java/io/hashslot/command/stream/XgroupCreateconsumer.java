package io.hashslot.command.stream;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.value.StreamGroup;

/** XGROUP CREATECONSUMER key group consumer */
final class XgroupCreateconsumer {
  private XgroupCreateconsumer() {}

  static void execute(Context ctx, Args args) {
    StreamGroup group = Groups.groupOfXgroup(ctx, args);
    boolean missing = group.consumer(args.address(4), args.length(4)) == 0;
    if (missing) {
      Groups.create(ctx, args, ctx.key(2), group, 4);
    }
    ctx.reply().integer(missing ? 1 : 0);
  }
}
