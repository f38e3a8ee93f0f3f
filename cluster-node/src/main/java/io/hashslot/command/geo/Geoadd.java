package io.hashslot.command.geo;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.journal.Effects;
import io.hashslot.keyspace.Key;
import io.hashslot.structure.GeoCell;
import io.hashslot.value.SortedSetValue;

/** GEOADD key [NX | XX] [CH] longitude latitude member [longitude latitude member ...] */
final class Geoadd {
  private static final int WORDS = 3;

  private Geoadd() {}

  static void execute(Context ctx, Args args) {
    Options options = Options.of(args);
    long[] scores = new long[(args.count() - options.first) / WORDS];
    int longest = 0;
    for (int i = 0; i < scores.length; i++) {
      int at = options.first + i * WORDS;
      double longitude = Places.longitude(args, at);
      scores[i] = GeoCell.of(longitude, Places.number(args, at + 1, CommandException.NOT_FLOAT));
      longest = Math.max(longest, args.length(at + 2));
    }
    Key key = ctx.key(1);
    SortedSetValue set = ctx.values().sortedSetForWrite(key);
    if (set == null) {
      if (options.ifPresent) {
        ctx.reply().integer(0);
        return;
      }
      set = ctx.values().sortedSetOrNew(key);
    }
    set.expect(scores.length, longest);
    add(ctx, args, options, scores, key, set);
  }

  private record Options(boolean ifAbsent, boolean ifPresent, boolean countChanged, int first) {
    static Options of(Args args) {
      boolean nx = false;
      boolean xx = false;
      boolean ch = false;
      int i = 2;
      for (; i < args.count(); i++) {
        if (args.is(i, "NX")) {
          nx = true;
        } else if (args.is(i, "XX")) {
          xx = true;
        } else if (args.is(i, "CH")) {
          ch = true;
        } else {
          break;
        }
      }
      if ((args.count() - i) % WORDS != 0 || nx && xx) {
        throw CommandException.SYNTAX;
      }
      return new Options(nx, xx, ch, i);
    }
  }

  private static void add(
      Context ctx, Args args, Options options, long[] scores, Key key, SortedSetValue set) {
    int added = 0;
    int updated = 0;
    for (int i = 0; i < scores.length; i++) {
      int member = options.first + i * WORDS + 2;
      long address = args.address(member);
      int length = args.length(member);
      double old = set.find(address, length);
      if (Double.isNaN(old)) {
        if (!options.ifPresent) {
          set.add(scores[i], address, length);
          added++;
        }
      } else if (scores[i] != old && !options.ifAbsent) {
        set.move(scores[i], address, length);
        updated++;
      }
    }
    if (added + updated > 0) {
      ctx.changed(key, KeyEvent.SORTED_SET, "zadd");
      ctx.changedMany(added + updated - 1);
      repeat(ctx, args, options.first, scores);
    }
    ctx.reply().integer(options.countChanged ? added + updated : added);
  }

  /** Replicas get the numbers, since these are what is kept. */
  private static void repeat(Context ctx, Args args, int first, long[] scores) {
    Effects effects = ctx.effects().command(ctx.database(), "zadd", first - 1 + scores.length * 2);
    for (int i = 1; i < first; i++) {
      effects.argument(args.address(i), args.length(i));
    }
    for (int i = 0; i < scores.length; i++) {
      int member = first + i * WORDS + 2;
      effects.argument(scores[i]).argument(args.address(member), args.length(member));
    }
  }
}
