package io.hashslot.command.generic;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.ScanOptions;
import io.hashslot.keyspace.Entry;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.resp.Request;

/**
 * SCAN cursor [MATCH pattern] [COUNT count] [TYPE type]
 *
 * <p>Holds the shard that the cursor stands in, and goes on to others one at a time, as far as they
 * are free.
 */
final class Scan {
  private Scan() {}

  /** Says which shard a request has to enter first. */
  static long shard(Request request, Keyspace keyspace) {
    Long cursor = request.count() > 1 ? ScanOptions.cursor(request.text(1)) : null;
    return keyspace.shardOfCursor(cursor == null ? 0 : cursor);
  }

  static void execute(Context ctx, Args args) {
    long cursor = ScanOptions.cursor(args, 1);
    ScanOptions options = ScanOptions.of(args, 2, null);
    ReplyWriter reply = ctx.reply();
    reply.array(2);
    int start = reply.output().position();
    int[] count = {0};
    long next =
        ctx.keys()
            .scan(
                cursor,
                options.count(),
                (_, entry) -> {
                  if (takes(options, entry)) {
                    reply.bulk(entry.keyAddress(), entry.keyLength());
                    count[0]++;
                  }
                });
    reply.arrayAt(start, count[0]);
    reply.bulkAt(start, Long.toUnsignedString(next));
  }

  private static boolean takes(ScanOptions options, Entry entry) {
    return (options.kind() == null || entry.kind() == options.kind())
        && options.takes(entry.keyAddress(), entry.keyLength());
  }
}
