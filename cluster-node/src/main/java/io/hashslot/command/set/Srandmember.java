package io.hashslot.command.set;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.value.SetValue;

/**
 * SRANDMEMBER key [count]
 *
 * <p>A positive count asks for different members, a negative one for so many draws.
 */
final class Srandmember {
  /** Six bytes each, the least that a member takes in a reply, fill the largest reply there is. */
  private static final long MOST_REPLIES = Integer.MAX_VALUE / 6;

  private Srandmember() {}

  static void execute(Context ctx, Args args) {
    if (args.count() > 3) {
      throw CommandException.SYNTAX;
    }
    if (args.count() == 3) {
      several(ctx, args.integerBetween(2, -Long.MAX_VALUE, Long.MAX_VALUE));
      return;
    }
    SetValue set = ctx.values().set(ctx.key(1));
    if (set == null) {
      ctx.reply().nil();
    } else {
      MemberReplies.write(ctx.reply(), set.random(ctx.random()));
    }
  }

  private static void several(Context ctx, long count) {
    SetValue set = ctx.values().set(ctx.key(1));
    if (set == null || count == 0) {
      ctx.reply().array(0);
      return;
    }
    if (count < 0) {
      if (-count > MOST_REPLIES) {
        throw CommandException.err("value is out of range");
      }
      ctx.reply().array(-count);
      for (long i = count; i < 0; i++) {
        MemberReplies.write(ctx.reply(), set.random(ctx.random()));
      }
      return;
    }
    MemberReplies members = new MemberReplies(ctx.reply());
    ctx.reply().array(Math.min(count, set.size()));
    if (count >= set.size()) {
      set.each(members);
    } else {
      set.sample(count, ctx.random(), members);
    }
  }
}
