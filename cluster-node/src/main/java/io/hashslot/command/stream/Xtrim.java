package io.hashslot.command.stream;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.value.StreamValue;

/** XTRIM key MAXLEN | MINID [= | ~] threshold [LIMIT count] */
final class Xtrim {
  private Xtrim() {}

  static void execute(Context ctx, Args args) {
    TrimOptions trim = new TrimOptions();
    for (int i = 2; i < args.count(); ) {
      int behind = trim.read(args, i);
      if (behind == i) {
        throw CommandException.SYNTAX;
      }
      i = behind;
    }
    trim.check(ctx, true);
    Key key = ctx.key(1);
    StreamValue stream = ctx.values().streamForWrite(key);
    long gone = stream == null ? 0 : trim.apply(ctx, stream);
    if (stream != null && gone > 0) {
      ctx.changed(key, KeyEvent.STREAM, "xtrim");
      if (trim.rough()) {
        ctx.effects().command(ctx.database(), args.count());
        for (int i = 0; i < args.count(); i++) {
          trim.repeated(ctx, args, i, stream);
        }
      }
    }
    ctx.reply().integer(gone);
  }
}
