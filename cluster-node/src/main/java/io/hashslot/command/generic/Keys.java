package io.hashslot.command.generic;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.structure.Glob;

/** KEYS pattern */
final class Keys {
  /** Keys looked at between two looks at the cursor. */
  private static final int STEP = 1 << 20;

  private Keys() {}

  static void execute(Context ctx, Args args) {
    Glob pattern = new Glob(args.bytes(1));
    ReplyWriter reply = ctx.reply();
    int start = reply.output().position();
    int[] count = {0};
    long cursor = 0;
    do {
      cursor =
          ctx.keys()
              .scan(
                  cursor,
                  STEP,
                  (_, entry) -> {
                    if (pattern.matches(entry.keyAddress(), entry.keyLength())) {
                      reply.bulk(entry.keyAddress(), entry.keyLength());
                      count[0]++;
                    }
                  });
    } while (cursor != 0);
    reply.arrayAt(start, count[0]);
  }
}
