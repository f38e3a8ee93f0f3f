package io.hashslot.command.sortedset;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.resp.DoubleText;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.structure.Glob;
import io.hashslot.structure.Slice;
import io.hashslot.value.SortedSetValue;
import org.jspecify.annotations.Nullable;

/** ZSCAN key cursor [MATCH pattern] [COUNT count] [NOSCORES] */
final class Zscan {
  private static final int DEFAULT_COUNT = 10;

  private Zscan() {}

  static void execute(Context ctx, Args args) {
    long cursor = cursor(args);
    SortedSetValue set = ctx.values().sortedSet(ctx.key(1));
    if (set == null) {
      ctx.reply().array(2);
      ctx.reply().bulkInteger(0);
      ctx.reply().array(0);
      return;
    }
    Page page = new Page(ctx.reply(), set);
    page.options(args);
    page.show(cursor);
  }

  private static long cursor(Args args) {
    try {
      return Long.parseUnsignedLong(args.text(2));
    } catch (NumberFormatException notOne) {
      throw CommandException.err("invalid cursor");
    }
  }

  /** One page of the scan. */
  private static final class Page implements Runnable {
    private final ReplyWriter reply;
    private final SortedSetValue set;
    private @Nullable Glob pattern;
    private long count = DEFAULT_COUNT;
    private boolean scores = true;
    private long seen;
    private long shown;

    Page(ReplyWriter reply, SortedSetValue set) {
      this.reply = reply;
      this.set = set;
    }

    void options(Args args) {
      for (int i = 3; i < args.count(); i++) {
        boolean more = i + 1 < args.count();
        if (args.is(i, "COUNT") && more) {
          count = args.integer(++i);
          if (count < 1) {
            throw CommandException.SYNTAX;
          }
        } else if (args.is(i, "MATCH") && more) {
          pattern = new Glob(args.bytes(++i));
        } else if (args.is(i, "NOSCORES")) {
          scores = false;
        } else {
          throw CommandException.SYNTAX;
        }
      }
    }

    void show(long cursor) {
      int start = reply.output().position();
      long next = cursor;
      do {
        next = set.scan(next, this);
      } while (next != 0 && seen < count);
      reply.arrayAt(start, shown);
      reply.bulkAt(start, Long.toUnsignedString(next));
      reply.arrayAt(start, 2);
    }

    @Override
    public void run() {
      seen++;
      Slice member = set.member();
      if (pattern != null && !pattern.matches(member.address(), member.length())) {
        return;
      }
      reply.bulk(member.address(), member.length());
      shown++;
      if (scores) {
        // Large sets show more digits here than there need be, as in the C servers.
        reply.bulk(
            set.isFull() ? DoubleText.textOf17Digits(set.score()) : DoubleText.text(set.score()));
        shown++;
      }
    }
  }
}
