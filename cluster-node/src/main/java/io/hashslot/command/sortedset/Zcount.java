package io.hashslot.command.sortedset;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.value.SortedSetValue;

/** ZCOUNT key min max, and ZLEXCOUNT */
final class Zcount {
  private Zcount() {}

  static void execute(Context ctx, Args args) {
    count(ctx, args, ElementRange.By.SCORE);
  }

  /** ZLEXCOUNT key min max */
  static void byMember(Context ctx, Args args) {
    count(ctx, args, ElementRange.By.MEMBER);
  }

  private static void count(Context ctx, Args args, ElementRange.By by) {
    ElementRange range = ElementRange.of(by, args, 2, 3);
    SortedSetValue set = ctx.values().sortedSet(ctx.key(1));
    if (set == null) {
      ctx.reply().integer(0);
      return;
    }
    range.resolve(set, false);
    ctx.reply().integer(range.count());
  }
}
