package io.hashslot.command.list;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.structure.Needle;
import io.hashslot.value.ListSide;
import io.hashslot.value.ListValue;

/** LREM key count element */
final class Lrem {
  private Lrem() {}

  static void execute(Context ctx, Args args) {
    // Redis 7.0 takes the least number, too, and so do those that follow one.
    long least = ctx.session().applied() ? Long.MIN_VALUE : -Long.MAX_VALUE;
    long count = args.integerBetween(2, least, Long.MAX_VALUE);
    Key key = ctx.key(1);
    ListValue list = ctx.values().listForWrite(key);
    if (list == null) {
      ctx.reply().integer(0);
      return;
    }
    ListSide from = count < 0 ? ListSide.RIGHT : ListSide.LEFT;
    long most =
        count == 0 ? Long.MAX_VALUE : count == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(count);
    long removed = remove(list, from, most, list.needle(args.address(3), args.length(3)));
    if (removed > 0) {
      ctx.changed(key, KeyEvent.LIST, "lrem");
      ListEnds.afterRemoval(ctx, key, list);
    }
    ctx.reply().integer(removed);
  }

  private static long remove(ListValue list, ListSide from, long most, Needle unwanted) {
    long removed = 0;
    boolean more = list.seek(from);
    while (more && removed < most) {
      if (list.is(unwanted)) {
        more = list.remove(from);
        removed++;
      } else {
        more = list.next(from);
      }
    }
    return removed;
  }
}
