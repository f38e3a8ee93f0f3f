package io.hashslot.command.sortedset;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.keyspace.Key;
import io.hashslot.value.SortedSetValue;

/** ZPOPMIN key [count], and ZPOPMAX */
final class Zpopmin {
  private static final CommandException NOT_A_COUNT =
      CommandException.err("value is out of range, must be positive");

  private Zpopmin() {}

  static void execute(Context ctx, Args args) {
    pop(ctx, args, SortedSetPop.MIN);
  }

  /** ZPOPMAX key [count] */
  static void max(Context ctx, Args args) {
    pop(ctx, args, SortedSetPop.MAX);
  }

  private static void pop(Context ctx, Args args, SortedSetPop pop) {
    if (args.count() > 3) {
      throw CommandException.SYNTAX;
    }
    boolean counted = args.count() == 3;
    long count = counted ? args.integer(2, NOT_A_COUNT) : 1;
    if (count < 0) {
      throw NOT_A_COUNT;
    }
    Key key = ctx.key(1);
    SortedSetValue set = ctx.values().sortedSetForWrite(key);
    if (set == null || count == 0) {
      ctx.reply().array(0);
      return;
    }
    long _ = pop.several(ctx, key, set, count, counted && ctx.reply().resp3());
  }
}
