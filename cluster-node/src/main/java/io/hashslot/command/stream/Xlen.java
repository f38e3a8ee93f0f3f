package io.hashslot.command.stream;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.value.StreamValue;

/** XLEN key */
final class Xlen {
  private Xlen() {}

  static void execute(Context ctx, Args args) {
    StreamValue stream = ctx.values().stream(ctx.key(1));
    ctx.reply().integer(stream == null ? 0 : stream.size());
  }
}
