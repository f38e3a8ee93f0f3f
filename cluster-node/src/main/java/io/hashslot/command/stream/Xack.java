package io.hashslot.command.stream;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.value.PendingEntries;
import io.hashslot.value.StreamGroup;

/** XACK key group id [id ...] */
final class Xack {
  private Xack() {}

  static void execute(Context ctx, Args args) {
    StreamGroup group = Groups.find(ctx.values().streamForWrite(ctx.key(1)), args, 2);
    if (group == null) {
      ctx.reply().integer(0);
      return;
    }
    for (int i = 3; i < args.count(); i++) {
      StreamId.of(args, i, 0);
    }
    PendingEntries pending = group.pending();
    long acknowledged = 0;
    for (int i = 3; i < args.count(); i++) {
      StreamId id = StreamId.of(args, i, 0);
      if (pending.seek(id.ms(), id.sequence())) {
        pending.remove();
        acknowledged++;
      }
    }
    ctx.changedMany(acknowledged);
    ctx.reply().integer(acknowledged);
  }
}
