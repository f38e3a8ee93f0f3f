package io.hashslot.command.set;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.keyspace.Key;
import io.hashslot.structure.SetMember;
import io.hashslot.value.SetEncoding;
import io.hashslot.value.SetValue;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * SDIFF key [key ...]
 *
 * <p>SDIFFSTORE destination key [key ...]
 *
 * <p>Either each member of the first set is looked for in all others, the largest first, or those
 * of the others are taken out of a copy of the first: whichever seems to be less work. Searching
 * gets an advantage of two, as it often ends early and needs no copy.
 */
final class Sdiff {
  private Sdiff() {}

  static void execute(Context ctx, Args args) {
    Sources sources = Sources.of(ctx, 1, args.count() - 1);
    SetValue first = sources.sets()[0];
    if (first == null) {
      ctx.reply().set(0);
      return;
    }
    SetValue[] others = others(sources);
    if (isSearched(first, others)) {
      MemberReplies replies = new MemberReplies(ctx.reply());
      search(first, others, replies);
      replies.endSet();
      return;
    }
    SetValue difference = Sources.fresh(ctx, ctx.key(1));
    if (first.encoding() != SetEncoding.INTSET) {
      difference.toTable();
    }
    takeOut(first, others, difference);
    MemberReplies.all(ctx.reply(), difference);
    ctx.values().discard(difference);
  }

  static void store(Context ctx, Args args) {
    Key destination = ctx.key(1);
    Sources sources = Sources.of(ctx, 2, args.count() - 2);
    SetValue first = sources.sets()[0];
    if (first == null) {
      Sources.storeNothing(ctx, destination);
      return;
    }
    SetValue[] others = others(sources);
    SetValue difference = Sources.fresh(ctx, destination);
    if (isSearched(first, others)) {
      search(
          first,
          others,
          member -> {
            difference.add(member);
            return true;
          });
    } else {
      takeOut(first, others, difference);
    }
    Sources.store(ctx, destination, difference, "sdiffstore");
  }

  /** The sets behind the first one, the largest first. */
  private static SetValue[] others(Sources sources) {
    @Nullable SetValue[] behind = Arrays.copyOfRange(sources.sets(), 1, sources.count());
    SetValue[] others = new Sources(behind).present();
    Arrays.sort(others, Comparator.comparingLong(SetValue::size).reversed());
    return others;
  }

  private static boolean isSearched(SetValue first, SetValue[] others) {
    long searching = first.size() * (others.length + 1) / 2;
    long takingOut = first.size();
    for (SetValue other : others) {
      takingOut += other.size();
    }
    return searching <= takingOut;
  }

  private static void search(SetValue first, SetValue[] others, SetValue.Members difference) {
    first.each(member -> isInAny(member, others) || difference.member(member));
  }

  private static boolean isInAny(SetMember member, SetValue[] sets) {
    for (SetValue set : sets) {
      if (set.contains(member)) {
        return true;
      }
    }
    return false;
  }

  private static void takeOut(SetValue first, SetValue[] others, SetValue copy) {
    first.each(
        member -> {
          copy.add(member);
          return true;
        });
    for (SetValue other : others) {
      other.each(
          member -> {
            copy.remove(member);
            return !copy.isEmpty();
          });
    }
  }
}
