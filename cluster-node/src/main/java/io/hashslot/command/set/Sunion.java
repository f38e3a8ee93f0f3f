package io.hashslot.command.set;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.keyspace.Key;
import io.hashslot.value.SetEncoding;
import io.hashslot.value.SetValue;

/**
 * SUNION key [key ...]
 *
 * <p>SUNIONSTORE destination key [key ...]
 */
final class Sunion {
  private Sunion() {}

  static void execute(Context ctx, Args args) {
    SetValue[] sets = Sources.of(ctx, 1, args.count() - 1).present();
    if (sets.length == 0) {
      ctx.reply().set(0);
      return;
    }
    if (sets.length == 1) {
      MemberReplies.all(ctx.reply(), sets[0]);
      return;
    }
    SetValue union = Sources.fresh(ctx, ctx.key(1));
    for (SetValue set : sets) {
      if (set.encoding() != SetEncoding.INTSET) {
        // A listpack would be searched from end to end for each member.
        union.toTable();
      }
    }
    addAll(union, sets);
    MemberReplies.all(ctx.reply(), union);
    ctx.values().discard(union);
  }

  static void store(Context ctx, Args args) {
    Key destination = ctx.key(1);
    SetValue[] sets = Sources.of(ctx, 2, args.count() - 2).present();
    SetValue union = Sources.fresh(ctx, destination);
    addAll(union, sets);
    Sources.store(ctx, destination, union, "sunionstore");
  }

  private static void addAll(SetValue union, SetValue[] sets) {
    for (SetValue set : sets) {
      set.each(
          member -> {
            union.add(member);
            return true;
          });
    }
  }
}
