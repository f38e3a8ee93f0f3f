package io.hashslot.command.stream;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.value.StreamValue;

/** XGROUP DESTROY key group */
final class XgroupDestroy {
  private XgroupDestroy() {}

  static void execute(Context ctx, Args args) {
    StreamValue stream = Groups.streamOfXgroup(ctx);
    boolean destroyed = stream.removeGroup(args.address(3), args.length(3));
    if (destroyed) {
      Key key = ctx.key(2);
      ctx.changedMany(1);
      ctx.notify(key, KeyEvent.STREAM, "xgroup-destroy");
      ctx.signal(key);
    }
    ctx.reply().integer(destroyed ? 1 : 0);
  }
}
