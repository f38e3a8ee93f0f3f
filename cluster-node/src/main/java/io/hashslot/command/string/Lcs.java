package io.hashslot.command.string;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.keyspace.Key;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.value.StringValue;
import io.hashslot.value.Value;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** LCS key1 key2 [LEN] [IDX] [MINMATCHLEN min-match-len] [WITHMATCHLEN] */
final class Lcs {
  private final LongSupplier protoMaxBulkLen;

  Lcs(LongSupplier protoMaxBulkLen) {
    this.protoMaxBulkLen = protoMaxBulkLen;
  }

  /** Which of the three replies is wanted, and how matches are listed. */
  private record Options(boolean length, boolean ranges, boolean withLengths, long leastLength) {
    static Options of(Args args) {
      boolean length = false;
      boolean ranges = false;
      boolean withLengths = false;
      long leastLength = 0;
      for (int i = 3; i < args.count(); i++) {
        if (args.is(i, "IDX")) {
          ranges = true;
        } else if (args.is(i, "LEN")) {
          length = true;
        } else if (args.is(i, "WITHMATCHLEN")) {
          withLengths = true;
        } else if (args.is(i, "MINMATCHLEN") && i + 1 < args.count()) {
          leastLength = Math.max(0, args.integer(++i));
        } else {
          throw CommandException.SYNTAX;
        }
      }
      if (length && ranges) {
        throw CommandException.err("If you want both the length and indexes, please just use IDX.");
      }
      return new Options(length, ranges, withLengths, leastLength);
    }
  }

  void execute(Context ctx, Args args) {
    Value first = valueOf(ctx, ctx.key(1));
    Value second = valueOf(ctx, ctx.key(2));
    Options options = Options.of(args);
    try (CommonSubsequence common =
        CommonSubsequence.of(
            first instanceof StringValue text ? text : null,
            second instanceof StringValue text ? text : null,
            protoMaxBulkLen.getAsLong())) {
      if (options.ranges) {
        replyRanges(ctx.reply(), common, options);
      } else if (options.length) {
        ctx.reply().integer(common.length());
      } else {
        ctx.reply().bulk(common.bytes());
      }
    }
  }

  private static @Nullable Value valueOf(Context ctx, Key key) {
    Value value = ctx.keys().find(key);
    if (value != null && !(value instanceof StringValue)) {
      throw CommandException.err("The specified keys must contain string values");
    }
    return value;
  }

  private static void replyRanges(ReplyWriter reply, CommonSubsequence common, Options options) {
    List<CommonSubsequence.Match> matches = common.matches(options.leastLength);
    reply.map(2);
    reply.bulk("matches");
    reply.array(matches.size());
    for (CommonSubsequence.Match match : matches) {
      reply.array(options.withLengths ? 3 : 2);
      reply.array(2);
      reply.integer(match.first());
      reply.integer(match.first() + match.length() - 1L);
      reply.array(2);
      reply.integer(match.second());
      reply.integer(match.second() + match.length() - 1L);
      if (options.withLengths) {
        reply.integer(match.length());
      }
    }
    reply.bulk("len");
    reply.integer(common.length());
  }
}
