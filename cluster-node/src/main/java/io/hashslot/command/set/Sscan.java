package io.hashslot.command.set;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.structure.Glob;
import io.hashslot.value.SetValue;
import org.jspecify.annotations.Nullable;

/**
 * SSCAN key cursor [MATCH pattern] [COUNT count]
 *
 * <p>A set in compact form is returned as a whole.
 */
final class Sscan {
  private static final int DEFAULT_COUNT = 10;

  /** Buckets looked at for each member asked for, at most: many may be empty. */
  private static final int PATIENCE = 10;

  private Sscan() {}

  private record Filter(long count, @Nullable Glob pattern) {
    static Filter of(Args args) {
      long count = DEFAULT_COUNT;
      Glob pattern = null;
      for (int i = 3; i < args.count(); i += 2) {
        boolean more = i + 1 < args.count();
        if (args.is(i, "COUNT") && more) {
          count = args.integer(i + 1);
          if (count < 1) {
            throw CommandException.SYNTAX;
          }
        } else if (args.is(i, "MATCH") && more) {
          pattern = new Glob(args.bytes(i + 1));
        } else if (args.is(i, "NOVALUES")) {
          throw CommandException.err("NOVALUES option can only be used in HSCAN");
        } else {
          throw CommandException.SYNTAX;
        }
      }
      return new Filter(count, pattern);
    }
  }

  static void execute(Context ctx, Args args) {
    Long cursor = cursor(args.text(2));
    if (cursor == null) {
      throw CommandException.err("invalid cursor");
    }
    ReplyWriter reply = ctx.reply();
    SetValue set = ctx.values().set(ctx.key(1));
    if (set == null) {
      reply.array(2);
      reply.bulk("0");
      reply.array(0);
      return;
    }
    Filter filter = Filter.of(args);
    reply.array(2);
    int start = reply.output().position();
    long next = scan(set, cursor, filter, reply);
    reply.bulkAt(start, Long.toUnsignedString(next));
  }

  private static long scan(SetValue set, long from, Filter filter, ReplyWriter reply) {
    MemberReplies members = new MemberReplies(reply);
    SetValue.Members matching =
        member ->
            filter.pattern == null || filter.pattern.matches(member.address(), member.length())
                ? members.member(member)
                : true;
    long cursor = from;
    long buckets =
        Math.multiplyHigh(filter.count, PATIENCE) > 0 ? Long.MAX_VALUE : filter.count * PATIENCE;
    do {
      cursor = set.scan(cursor, matching);
      buckets--;
    } while (cursor != 0 && buckets > 0 && members.count() < filter.count);
    members.endArray();
    return cursor;
  }

  private static @Nullable Long cursor(String text) {
    try {
      return text.startsWith("-") ? null : Long.parseUnsignedLong(text.strip());
    } catch (NumberFormatException notOne) {
      return null;
    }
  }
}
