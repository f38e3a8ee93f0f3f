package io.hashslot.command.sortedset;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.keyspace.Key;
import io.hashslot.value.SortedSetValue;

/** ZREMRANGEBYRANK key start stop, and the like by score and by member */
final class Zremrangebyrank {
  private Zremrangebyrank() {}

  static void execute(Context ctx, Args args) {
    remove(ctx, args, ElementRange.By.RANK, "zremrangebyrank");
  }

  /** ZREMRANGEBYSCORE key min max */
  static void byScore(Context ctx, Args args) {
    remove(ctx, args, ElementRange.By.SCORE, "zremrangebyscore");
  }

  /** ZREMRANGEBYLEX key min max */
  static void byMember(Context ctx, Args args) {
    remove(ctx, args, ElementRange.By.MEMBER, "zremrangebylex");
  }

  private static void remove(Context ctx, Args args, ElementRange.By by, String event) {
    ElementRange range = ElementRange.of(by, args, 2, 3);
    Key key = ctx.key(1);
    SortedSetValue set = ctx.values().sortedSetForWrite(key);
    if (set == null) {
      ctx.reply().integer(0);
      return;
    }
    range.resolve(set, false);
    set.removeRange(range.from(), range.count());
    Zrem.removed(ctx, key, range.count(), event);
    ctx.reply().integer(range.count());
  }
}
