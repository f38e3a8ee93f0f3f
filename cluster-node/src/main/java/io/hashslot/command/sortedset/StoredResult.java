package io.hashslot.command.sortedset;

import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;
import io.hashslot.value.Kind;
import io.hashslot.value.SortedSetValue;

/** Puts the result of a command in the place of its destination, whatever stood there. */
final class StoredResult {
  private StoredResult() {}

  /** Makes an empty result, to be given to {@link #store}. */
  static SortedSetValue open(Context ctx, Key destination) {
    return (SortedSetValue) ctx.values().detached(destination, Kind.SORTED_SET);
  }

  /** Stores a result, or deletes the destination if it is empty; replies with its size. */
  static void store(Context ctx, Key destination, SortedSetValue result, String event) {
    long size = result.size();
    if (size == 0) {
      ctx.values().discard(result);
      nothing(ctx, destination);
      return;
    }
    ctx.values().put(destination, result, Keys.NO_EXPIRY);
    ctx.changed(destination, KeyEvent.SORTED_SET, event);
    ctx.reply().integer(size);
  }

  /** Deletes the destination, since there is nothing to store. */
  static void nothing(Context ctx, Key destination) {
    if (ctx.keys().remove(destination)) {
      ctx.changed(destination, KeyEvent.GENERIC, "del");
    }
    ctx.reply().integer(0);
  }
}
