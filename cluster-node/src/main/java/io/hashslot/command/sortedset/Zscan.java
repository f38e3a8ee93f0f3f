package io.hashslot.command.sortedset;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.ScanOptions;
import io.hashslot.resp.DoubleText;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.structure.Slice;
import io.hashslot.value.Kind;
import io.hashslot.value.SortedSetValue;

/** ZSCAN key cursor [MATCH pattern] [COUNT count] [NOSCORES] */
final class Zscan {
  private Zscan() {}

  /** Writes the elements that the options let through, and counts what it has seen and written. */
  private static final class Page implements Runnable {
    private final ReplyWriter reply;
    private final SortedSetValue set;
    private final ScanOptions options;
    private long seen;
    private long written;

    Page(ReplyWriter reply, SortedSetValue set, ScanOptions options) {
      this.reply = reply;
      this.set = set;
      this.options = options;
    }

    @Override
    public void run() {
      seen++;
      Slice member = set.member();
      if (!options.takes(member.address(), member.length())) {
        return;
      }
      reply.bulk(member.address(), member.length());
      written++;
      if (!options.bare()) {
        // Large sets show more digits here than there need be, as in the C servers.
        double score = set.score();
        reply.bulk(set.isFull() ? DoubleText.textOf17Digits(score) : DoubleText.text(score));
        written++;
      }
    }
  }

  static void execute(Context ctx, Args args) {
    long cursor = ScanOptions.cursor(args, 2);
    SortedSetValue set = ctx.values().sortedSet(ctx.key(1));
    ReplyWriter reply = ctx.reply();
    if (set == null) {
      reply.array(2);
      reply.bulk("0");
      reply.array(0);
      return;
    }
    ScanOptions options = ScanOptions.of(args, 3, Kind.SORTED_SET);
    reply.array(2);
    int start = reply.output().position();
    Page page = new Page(reply, set, options);
    do {
      cursor = set.scan(cursor, page);
    } while (cursor != 0 && page.seen < options.count());
    reply.arrayAt(start, page.written);
    reply.bulkAt(start, Long.toUnsignedString(cursor));
  }
}
