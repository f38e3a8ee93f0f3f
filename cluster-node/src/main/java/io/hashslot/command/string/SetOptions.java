package io.hashslot.command.string;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.keyspace.Keys;
import org.jspecify.annotations.Nullable;

/**
 * The options of SET and GETEX. A time option may be repeated, the last one counts; two different
 * ones exclude each other, as in Redis.
 *
 * @param condition when to set at all
 * @param get whether SET replies with the old value
 * @param keepTime whether the key's expiry stays
 * @param persist whether the key's expiry is taken away
 * @param expiry the kind of time that was given, or null
 * @param timeArgument the argument that is the time, if one was given
 */
record SetOptions(
    Condition condition,
    boolean get,
    boolean keepTime,
    boolean persist,
    @Nullable Expiry expiry,
    int timeArgument) {
  /** When a key is set. */
  enum Condition {
    ALWAYS,
    IF_ABSENT,
    IF_PRESENT
  }

  /** Reads the options of SET, from argument 3 on. */
  static SetOptions ofSet(Args args) {
    return parse(args, 3, true);
  }

  /** Reads the options of GETEX, from argument 2 on. */
  static SetOptions ofGetex(Args args) {
    return parse(args, 2, false);
  }

  private static SetOptions parse(Args args, int from, boolean set) {
    Condition condition = Condition.ALWAYS;
    boolean get = false;
    boolean keep = false;
    boolean persist = false;
    @Nullable Expiry expiry = null;
    int timeArgument = 0;
    for (int i = from; i < args.count(); i++) {
      Expiry named = Expiry.named(args, i);
      if (set && args.is(i, "NX") && condition != Condition.IF_PRESENT) {
        condition = Condition.IF_ABSENT;
      } else if (set && args.is(i, "XX") && condition != Condition.IF_ABSENT) {
        condition = Condition.IF_PRESENT;
      } else if (set && args.is(i, "GET")) {
        get = true;
      } else if (set && args.is(i, "KEEPTTL") && expiry == null) {
        keep = true;
      } else if (!set && args.is(i, "PERSIST") && expiry == null) {
        persist = true;
      } else if (named != null
          && (expiry == null || expiry == named)
          && !keep
          && !persist
          && i + 1 < args.count()) {
        expiry = named;
        timeArgument = ++i;
      } else {
        throw CommandException.SYNTAX;
      }
    }
    return new SetOptions(condition, get, keep, persist, expiry, timeArgument);
  }

  /**
   * Returns the Unix time in milliseconds that is asked for, {@link Keys#KEEP_EXPIRY} or {@link
   * Keys#NO_EXPIRY}.
   *
   * @throws CommandException if the time is none
   */
  long expireAtMs(Context ctx, Args args) {
    if (expiry != null) {
      return expiry.atMs(ctx, args, timeArgument);
    }
    return keepTime ? Keys.KEEP_EXPIRY : Keys.NO_EXPIRY;
  }
}
