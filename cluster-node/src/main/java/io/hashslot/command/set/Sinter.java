package io.hashslot.command.set;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.keyspace.Key;
import io.hashslot.structure.SetMember;
import io.hashslot.value.SetEncoding;
import io.hashslot.value.SetValue;

/**
 * SINTER key [key ...]
 *
 * <p>SINTERSTORE destination key [key ...]
 *
 * <p>SINTERCARD numkeys key [key ...] [LIMIT limit]
 *
 * <p>Goes through the smallest set and asks the others, in the order of their sizes.
 */
final class Sinter {
  private Sinter() {}

  static void execute(Context ctx, Args args) {
    Sources sources = Sources.of(ctx, 1, args.count() - 1);
    if (sources.anyMissing()) {
      ctx.reply().set(0);
      return;
    }
    MemberReplies replies = new MemberReplies(ctx.reply());
    intersect(sources.ascending(), replies);
    replies.endSet();
  }

  static void store(Context ctx, Args args) {
    Key destination = ctx.key(1);
    Sources sources = Sources.of(ctx, 2, args.count() - 2);
    if (sources.anyMissing()) {
      Sources.storeNothing(ctx, destination);
      return;
    }
    SetValue[] sets = sources.ascending();
    SetValue result = Sources.fresh(ctx, destination);
    if (sets[0].encoding() != SetEncoding.INTSET) {
      result.expectTexts();
    }
    intersect(
        sets,
        member -> {
          result.add(member);
          return true;
        });
    result.compactNumbers();
    Sources.store(ctx, destination, result, "sinterstore");
  }

  static void cardinality(Context ctx, Args args) {
    long keys = args.integer(1, CommandException.err("numkeys should be greater than 0"));
    if (keys < 1) {
      throw CommandException.err("numkeys should be greater than 0");
    }
    if (keys > args.count() - 2) {
      throw CommandException.err("Number of keys can't be greater than number of args");
    }
    int count = (int) keys;
    long limit = limit(args, 2 + count);
    Sources sources = Sources.of(ctx, 2, count);
    if (sources.anyMissing()) {
      ctx.reply().integer(0);
      return;
    }
    Count common = new Count(limit);
    intersect(sources.ascending(), common);
    ctx.reply().integer(common.count);
  }

  private static long limit(Args args, int from) {
    long limit = 0;
    for (int i = from; i < args.count(); i += 2) {
      if (!args.is(i, "LIMIT") || i + 1 == args.count()) {
        throw CommandException.SYNTAX;
      }
      CommandException negative = CommandException.err("LIMIT can't be negative");
      limit = args.integer(i + 1, negative);
      if (limit < 0) {
        throw negative;
      }
    }
    return limit;
  }

  /** Counts up to a limit, 0 for none. */
  private static final class Count implements SetValue.Members {
    private final long limit;
    private long count;

    Count(long limit) {
      this.limit = limit;
    }

    @Override
    public boolean member(SetMember member) {
      count++;
      return count != limit;
    }
  }

  private static void intersect(SetValue[] ascending, SetValue.Members common) {
    ascending[0].each(
        member -> {
          for (int i = 1; i < ascending.length; i++) {
            if (!ascending[i].contains(member)) {
              return true;
            }
          }
          return common.member(member);
        });
  }
}
