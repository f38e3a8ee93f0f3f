package io.hashslot.command.stream;

import io.hashslot.command.Args;
import io.hashslot.command.Context;

/** XREAD [COUNT count] [BLOCK milliseconds] STREAMS key [key ...] id [id ...] */
final class Xread {
  private Xread() {}

  static void execute(Context ctx, Args args) {
    StreamReads reads = ReadOptions.of(ctx, args, false).settle(ctx, args);
    reads.serveOrWait(ctx, args);
  }
}
