package io.hashslot.command.sortedset;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.keyspace.Key;
import io.hashslot.structure.Slice;
import io.hashslot.value.SortedSetValue;

/** ZRANGESTORE dst src min max [BYSCORE | BYLEX] [REV] [LIMIT offset count] */
final class Zrangestore {
  private Zrangestore() {}

  static void execute(Context ctx, Args args) {
    RangeQuery query = RangeQuery.of(args, 3, RangeQuery.Form.STORED);
    Key destination = ctx.key(1);
    SortedSetValue source = ctx.values().sortedSet(ctx.key(2));
    if (source == null) {
      StoredResult.nothing(ctx, destination);
      return;
    }
    ElementRange range = query.resolve(source);
    if (range.count() == 0) {
      StoredResult.nothing(ctx, destination);
      return;
    }
    SortedSetValue result = StoredResult.open(ctx, destination);
    result.expect(range.count(), 0);
    source.select(range.from());
    for (long left = range.count(); left > 0; left--) {
      Slice member = source.member();
      result.append(source.score(), member.address(), member.length());
      boolean _ = source.next();
    }
    StoredResult.store(ctx, destination, result, "zrangestore");
  }
}
