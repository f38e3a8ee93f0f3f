package io.hashslot.command.sortedset;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.value.SortedSetValue;

/**
 * ZRANGE key start stop [BYSCORE | BYLEX] [REV] [LIMIT offset count] [WITHSCORES], and the older
 * commands for one form of it each.
 */
final class Zrange {
  private Zrange() {}

  static void execute(Context ctx, Args args) {
    reply(ctx, args, RangeQuery.Form.OPEN);
  }

  /** ZREVRANGE key start stop [WITHSCORES] */
  static void reversed(Context ctx, Args args) {
    reply(ctx, args, RangeQuery.Form.RANKS_REVERSED);
  }

  /** ZRANGEBYSCORE key min max [WITHSCORES] [LIMIT offset count] */
  static void byScore(Context ctx, Args args) {
    reply(ctx, args, RangeQuery.Form.SCORES);
  }

  /** ZREVRANGEBYSCORE key max min [WITHSCORES] [LIMIT offset count] */
  static void byScoreReversed(Context ctx, Args args) {
    reply(ctx, args, RangeQuery.Form.SCORES_REVERSED);
  }

  /** ZRANGEBYLEX key min max [LIMIT offset count] */
  static void byMember(Context ctx, Args args) {
    reply(ctx, args, RangeQuery.Form.MEMBERS);
  }

  /** ZREVRANGEBYLEX key max min [LIMIT offset count] */
  static void byMemberReversed(Context ctx, Args args) {
    reply(ctx, args, RangeQuery.Form.MEMBERS_REVERSED);
  }

  private static void reply(Context ctx, Args args, RangeQuery.Form form) {
    RangeQuery query = RangeQuery.of(args, 2, form);
    SortedSetValue set = ctx.values().sortedSet(ctx.key(1));
    if (set == null) {
      ctx.reply().array(0);
      return;
    }
    ElementRange range = query.resolve(set);
    Elements.replyRange(
        ctx.reply(), set, range.from(), range.to(), query.reverse(), query.withScores());
  }
}
