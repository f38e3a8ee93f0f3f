package io.hashslot.command.set;

import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;
import io.hashslot.value.Kind;
import io.hashslot.value.SetValue;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The sets that a command computes with, in the order of their keys. Missing keys are empty sets.
 *
 * @param sets null where the key is missing
 */
record Sources(@Nullable SetValue[] sets) {
  /** Looks up {@code count} keys from an argument on; all must be sets or missing. */
  static Sources of(Context ctx, int firstArgument, int count) {
    @Nullable SetValue[] sets = new @Nullable SetValue[count];
    for (int i = 0; i < count; i++) {
      sets[i] = ctx.values().set(ctx.key(firstArgument + i));
    }
    return new Sources(sets);
  }

  /** How many keys there are. */
  int count() {
    return sets.length;
  }

  /** Whether one of the keys is missing. */
  boolean anyMissing() {
    return Arrays.asList(sets).contains(null);
  }

  /** The sets that there are, in the order of their keys. */
  SetValue[] present() {
    SetValue[] present = new SetValue[sets.length];
    int count = 0;
    for (SetValue set : sets) {
      if (set != null) {
        present[count++] = set;
      }
    }
    return Arrays.copyOf(present, count);
  }

  /** The sets that there are, the smallest one first. */
  SetValue[] ascending() {
    SetValue[] present = present();
    Arrays.sort(present, Comparator.comparingLong(SetValue::size));
    return present;
  }

  /** Makes an empty set that is to be given to a key, or discarded. */
  static SetValue fresh(Context ctx, Key key) {
    return (SetValue) ctx.values().detached(key, Kind.SET);
  }

  /**
   * Gives a key the set that was computed, or deletes it if that is empty; replies with the size.
   */
  static void store(Context ctx, Key destination, SetValue result, String event) {
    long size = result.size();
    if (size == 0) {
      ctx.values().discard(result);
      storeNothing(ctx, destination);
      return;
    }
    ctx.values().put(destination, result, Keys.NO_EXPIRY);
    ctx.changed(destination, KeyEvent.SET, event);
    ctx.reply().integer(size);
  }

  /** Deletes the key that was to get a set that is empty. */
  static void storeNothing(Context ctx, Key destination) {
    if (ctx.keys().remove(destination)) {
      ctx.changed(destination, KeyEvent.GENERIC, "del");
    }
    ctx.reply().integer(0);
  }
}
