package io.hashslot.command.sortedset;

import io.hashslot.command.Context;
import io.hashslot.keyspace.Key;
import io.hashslot.value.SortedSetValue;

/** What is done with a combination of sets: it is shown, or stored. */
final class CombinedReply {
  private CombinedReply() {}

  /** Fills an empty set with the combination. */
  interface Filler {
    /** Adds the elements of the combination. */
    void into(Combination combination, SortedSetValue result);
  }

  /** Replies with the elements in order. */
  static void reply(Context ctx, Combination combination, Filler filler) {
    SortedSetValue result = open(ctx, ctx.key(combination.firstKey()));
    try {
      filler.into(combination, result);
      Elements.replyRange(ctx.reply(), result, 0, result.size(), false, combination.withScores());
    } finally {
      ctx.values().discard(result);
    }
  }

  /** Stores the elements at the key that is the first argument. */
  static void store(Context ctx, Combination combination, Filler filler, String event) {
    Key destination = ctx.key(1);
    SortedSetValue result = open(ctx, destination);
    filler.into(combination, result);
    result.compactIfSmall();
    StoredResult.store(ctx, destination, result, event);
  }

  /** In compact form elements in any order would take longer, and zero would lose its sign. */
  private static SortedSetValue open(Context ctx, Key where) {
    SortedSetValue result = StoredResult.open(ctx, where);
    result.expect(Long.MAX_VALUE, 0);
    return result;
  }
}
