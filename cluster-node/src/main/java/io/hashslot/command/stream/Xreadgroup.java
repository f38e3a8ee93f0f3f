package io.hashslot.command.stream;

import io.hashslot.command.Args;
import io.hashslot.command.Context;

/**
 * XREADGROUP GROUP group consumer [COUNT count] [BLOCK milliseconds] [NOACK] STREAMS key [key ...]
 * id [id ...]
 */
final class Xreadgroup {
  private Xreadgroup() {}

  static void execute(Context ctx, Args args) {
    StreamReads reads = ReadOptions.of(ctx, args, true).settle(ctx, args);
    // Repeated is what came of it: what was delivered to whom.
    ctx.nothingToRepeat();
    reads.serveOrWait(ctx, args);
  }
}
