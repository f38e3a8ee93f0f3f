package io.hashslot.command.sortedset;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.structure.ScanTable.RandomBits;
import io.hashslot.value.SortedSetValue;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/** ZRANDMEMBER key [count [WITHSCORES]] */
final class Zrandmember {
  private Zrandmember() {}

  static void execute(Context ctx, Args args) {
    if (args.count() == 2) {
      SortedSetValue set = ctx.values().sortedSet(ctx.key(1));
      if (set == null) {
        ctx.reply().nil();
        return;
      }
      set.select(below(ctx.random(), set.size()));
      Elements.replyMember(ctx.reply(), set);
      return;
    }
    long count = args.integerBetween(2, -Long.MAX_VALUE, Long.MAX_VALUE);
    boolean scores = args.count() == 4;
    if (args.count() > 4 || scores && !args.is(3, "WITHSCORES")) {
      throw CommandException.SYNTAX;
    }
    if (scores && Math.abs(count) > Long.MAX_VALUE / 2) {
      throw CommandException.err("value is out of range");
    }
    SortedSetValue set = ctx.values().sortedSet(ctx.key(1));
    if (set == null || count == 0) {
      ctx.reply().array(0);
    } else if (count < 0) {
      repeated(ctx, set, -count, scores);
    } else if (count >= set.size()) {
      Elements.replyRange(ctx.reply(), set, 0, set.size(), false, scores);
    } else {
      distinct(ctx, set, (int) count, scores);
    }
  }

  private static void repeated(Context ctx, SortedSetValue set, long count, boolean scores) {
    ReplyWriter reply = ctx.reply();
    RandomBits random = ctx.random();
    long size = set.size();
    Elements.beginArray(reply, count, scores);
    for (long i = 0; i < count; i++) {
      set.select(below(random, size));
      Elements.reply(reply, set, scores);
    }
  }

  /** All sets of so many elements are equally likely, and so are their orders. */
  private static void distinct(Context ctx, SortedSetValue set, int count, boolean scores) {
    RandomBits random = ctx.random();
    long[] ranks = ranks(random, set.size(), count);
    Elements.beginArray(ctx.reply(), count, scores);
    for (long rank : ranks) {
      set.select(rank);
      Elements.reply(ctx.reply(), set, scores);
    }
  }

  /** Floyd's way to draw distinct numbers: the i-th draw is among one more, or is that one. */
  private static long[] ranks(RandomBits random, long size, int count) {
    LongOpenHashSet drawn = new LongOpenHashSet(count);
    long[] ranks = new long[count];
    for (int i = 0; i < count; i++) {
      long most = size - count + i;
      long rank = below(random, most + 1);
      if (!drawn.add(rank)) {
        rank = most;
        boolean _ = drawn.add(most);
      }
      int place = (int) below(random, i + 1);
      ranks[i] = ranks[place];
      ranks[place] = rank;
    }
    return ranks;
  }

  private static long below(RandomBits random, long bound) {
    return Math.unsignedMultiplyHigh(random.next(), bound);
  }
}
