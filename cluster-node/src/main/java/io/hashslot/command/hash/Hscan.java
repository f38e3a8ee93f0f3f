package io.hashslot.command.hash;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.ScanOptions;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.structure.Slice;
import io.hashslot.value.HashValue;
import io.hashslot.value.Kind;

/** HSCAN key cursor [MATCH pattern] [COUNT count] [NOVALUES] */
final class Hscan {
  private Hscan() {}

  /** Writes the pairs that the options let through, and counts what it has seen and written. */
  private static final class Page implements HashValue.PairVisitor {
    private final ReplyWriter reply;
    private final ScanOptions options;
    private long seen;
    private long written;

    Page(ReplyWriter reply, ScanOptions options) {
      this.reply = reply;
      this.options = options;
    }

    @Override
    public void pair(Slice field, Slice value) {
      seen++;
      if (!options.takes(field.address(), field.length())) {
        return;
      }
      reply.bulk(field.address(), field.length());
      written++;
      if (!options.bare()) {
        reply.bulk(value.address(), value.length());
        written++;
      }
    }
  }

  static void execute(Context ctx, Args args) {
    long cursor = ScanOptions.cursor(args, 2);
    HashValue hash = ctx.values().hash(ctx.key(1));
    ReplyWriter reply = ctx.reply();
    if (hash == null) {
      reply.array(2);
      reply.bulk("0");
      reply.array(0);
      return;
    }
    ScanOptions options = ScanOptions.of(args, 3, Kind.HASH);
    reply.array(2);
    int start = reply.output().position();
    Page page = new Page(reply, options);
    do {
      cursor = hash.scan(cursor, page);
    } while (cursor != 0 && page.seen < options.count());
    reply.arrayAt(start, page.written);
    reply.bulkAt(start, Long.toUnsignedString(cursor));
  }
}
