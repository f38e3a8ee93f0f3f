package io.hashslot.command.stream;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.value.StreamValue;

/** XDEL key id [id ...] */
final class Xdel {
  private Xdel() {}

  static void execute(Context ctx, Args args) {
    Key key = ctx.key(1);
    StreamValue stream = ctx.values().streamForWrite(key);
    if (stream == null) {
      ctx.reply().integer(0);
      return;
    }
    for (int i = 2; i < args.count(); i++) {
      StreamId.of(args, i, 0);
    }
    long deleted = 0;
    for (int i = 2; i < args.count(); i++) {
      StreamId id = StreamId.of(args, i, 0);
      deleted += stream.delete(id.ms(), id.sequence()) ? 1 : 0;
    }
    if (deleted > 0) {
      ctx.changed(key, KeyEvent.STREAM, "xdel");
    }
    ctx.reply().integer(deleted);
  }
}
