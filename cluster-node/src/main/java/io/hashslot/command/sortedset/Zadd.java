package io.hashslot.command.sortedset;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.value.SortedSetValue;

/** ZADD key [NX | XX] [GT | LT] [CH] [INCR] score member [score member ...] */
final class Zadd {
  private Zadd() {}

  static void execute(Context ctx, Args args) {
    Options options = Options.of(args);
    for (int i = options.first; i < args.count(); i += 2) {
      double _ = Elements.score(args, i);
    }
    add(ctx, args, options);
  }

  /** ZINCRBY key increment member */
  static void increment(Context ctx, Args args) {
    double _ = Elements.score(args, 2);
    add(ctx, args, Options.INCREMENT);
  }

  /** What is to be done, and where scores and members begin. */
  private record Options(
      boolean ifAbsent,
      boolean ifPresent,
      boolean ifGreater,
      boolean ifLess,
      boolean countChanged,
      boolean increment,
      int first) {
    static final Options INCREMENT = new Options(false, false, false, false, false, true, 2);
    private static final Options PLAIN = new Options(false, false, false, false, false, false, 2);

    static Options of(Args args) {
      boolean nx = false;
      boolean xx = false;
      boolean gt = false;
      boolean lt = false;
      boolean ch = false;
      boolean incr = false;
      int i = 2;
      for (; i < args.count(); i++) {
        if (args.is(i, "NX")) {
          nx = true;
        } else if (args.is(i, "XX")) {
          xx = true;
        } else if (args.is(i, "GT")) {
          gt = true;
        } else if (args.is(i, "LT")) {
          lt = true;
        } else if (args.is(i, "CH")) {
          ch = true;
        } else if (args.is(i, "INCR")) {
          incr = true;
        } else {
          break;
        }
      }
      Options options = i == 2 ? PLAIN : new Options(nx, xx, gt, lt, ch, incr, i);
      options.check(args.count() - i);
      return options;
    }

    private void check(int words) {
      if (words == 0 || words % 2 != 0) {
        throw CommandException.SYNTAX;
      }
      if (ifAbsent && ifPresent) {
        throw CommandException.err("XX and NX options at the same time are not compatible");
      }
      if (ifAbsent && (ifGreater || ifLess) || ifGreater && ifLess) {
        throw CommandException.err("GT, LT, and/or NX options at the same time are not compatible");
      }
      if (increment && words > 2) {
        throw CommandException.err("INCR option supports a single increment-element pair");
      }
    }

    /** Whether a score may take the place of another one. */
    boolean allow(double old, double score) {
      return !ifAbsent && !(ifGreater && score <= old) && !(ifLess && score >= old);
    }
  }

  private static void add(Context ctx, Args args, Options options) {
    Key key = ctx.key(1);
    SortedSetValue set = ctx.values().sortedSetForWrite(key);
    if (set == null) {
      if (options.ifPresent) {
        replyNothing(ctx, options);
        return;
      }
      set = ctx.values().sortedSetOrNew(key);
    }
    int pairs = (args.count() - options.first) / 2;
    set.expect(pairs, longestMember(args, options.first + 1));
    if (options.increment) {
      increment(ctx, args, options, key, set);
      return;
    }
    int added = 0;
    int updated = 0;
    for (int i = options.first; i < args.count(); i += 2) {
      double score = Elements.score(args, i);
      long address = args.address(i + 1);
      int length = args.length(i + 1);
      double old = set.find(address, length);
      if (Double.isNaN(old)) {
        if (!options.ifPresent) {
          set.add(score, address, length);
          added++;
        }
      } else if (score != old && options.allow(old, score)) {
        set.move(score, address, length);
        updated++;
      }
    }
    changed(ctx, key, added + updated, "zadd");
    ctx.reply().integer(options.countChanged ? added + updated : added);
  }

  private static int longestMember(Args args, int first) {
    int longest = 0;
    for (int i = first; i < args.count(); i += 2) {
      longest = Math.max(longest, args.length(i));
    }
    return longest;
  }

  private static void increment(
      Context ctx, Args args, Options options, Key key, SortedSetValue set) {
    double increment = Elements.score(args, options.first);
    long address = args.address(options.first + 1);
    int length = args.length(options.first + 1);
    double old = set.find(address, length);
    if (Double.isNaN(old)) {
      if (options.ifPresent) {
        replyNothing(ctx, options);
        return;
      }
      set.add(increment, address, length);
      changed(ctx, key, 1, "zincr");
      ctx.reply().real(increment);
      return;
    }
    double score = old + increment;
    if (Double.isNaN(score) && !options.ifAbsent) {
      throw CommandException.err("resulting score is not a number (NaN)");
    }
    if (!options.allow(old, score)) {
      replyNothing(ctx, options);
      return;
    }
    if (score != old) {
      set.move(score, address, length);
      changed(ctx, key, 1, "zincr");
    }
    ctx.reply().real(score);
  }

  private static void replyNothing(Context ctx, Options options) {
    if (options.increment) {
      ctx.reply().nil();
    } else {
      ctx.reply().integer(0);
    }
  }

  private static void changed(Context ctx, Key key, int changes, String event) {
    if (changes > 0) {
      ctx.changed(key, KeyEvent.SORTED_SET, event);
      ctx.changedMany(changes - 1);
    }
  }
}
