package io.hashslot.command.string;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.command.LengthLimit;
import io.hashslot.keyspace.Key;
import io.hashslot.memory.Memory;
import io.hashslot.value.StringValue;

/** SETRANGE key offset value */
final class Setrange {
  private final LengthLimit limit;

  Setrange(LengthLimit limit) {
    this.limit = limit;
  }

  void execute(Context ctx, Args args) {
    long offset = args.integer(2);
    if (offset < 0) {
      throw CommandException.err("offset is out of range");
    }
    Key key = ctx.key(1);
    StringValue old = ctx.keys().stringForWrite(key);
    int length = args.length(3);
    if (length == 0) {
      ctx.reply().integer(old == null ? 0 : old.length());
      return;
    }
    limit.check(ctx, offset > Integer.MAX_VALUE ? Long.MAX_VALUE : offset + length);
    StringValue edited = ctx.keys().edit(key, (int) offset, (int) offset + length);
    Memory.copy(args.address(3), edited.address() + offset, length);
    ctx.changed(key, KeyEvent.STRING, "setrange");
    ctx.reply().integer(edited.length());
  }
}
