package io.hashslot.command.generic;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What SORT is asked for.
 *
 * @param by where the weights are; null to sort by the elements
 * @param sorted whether there is an order at all: {@code BY} without an asterisk asks for none
 * @param gets what to reply for each element; none for the element itself
 * @param offset first element of those wanted; may be negative
 * @param count how many are wanted; negative for all
 * @param destination the argument that is the key to store at, or 0
 */
record SortOptions(
    @Nullable SortPattern by,
    boolean sorted,
    List<SortPattern> gets,
    boolean alpha,
    boolean descending,
    long offset,
    long count,
    int destination) {
  /** A key in cluster mode has this slot; without a cluster it does not matter. */
  static final int ANY_SLOT = -1;

  /**
   * Reads them.
   *
   * @param mayStore whether {@code STORE} is known
   * @param slot the slot of the key, which all keys named by patterns must have, or {@link
   *     #ANY_SLOT}
   * @throws CommandException if they are wrong
   */
  static SortOptions of(Args args, boolean mayStore, int slot) {
    SortPattern by = null;
    boolean sorted = true;
    List<SortPattern> gets = new ArrayList<>();
    boolean alpha = false;
    boolean descending = false;
    long offset = 0;
    long count = -1;
    int destination = 0;
    for (int i = 2; i < args.count(); i++) {
      int left = args.count() - i - 1;
      if (args.is(i, "ASC")) {
        descending = false;
      } else if (args.is(i, "DESC")) {
        descending = true;
      } else if (args.is(i, "ALPHA")) {
        alpha = true;
      } else if (args.is(i, "LIMIT") && left >= 2) {
        offset = args.integer(i + 1);
        count = args.integer(i + 2);
        i += 2;
      } else if (mayStore && args.is(i, "STORE") && left >= 1) {
        destination = ++i;
      } else if (args.is(i, "BY") && left >= 1) {
        by = new SortPattern(args.bytes(++i));
        // One without an asterisk counts though another one may follow, as in the C servers.
        sorted &= by.hasAsterisk();
        if (by.hasAsterisk()) {
          requireSlot(by, slot, "BY");
        }
      } else if (args.is(i, "GET") && left >= 1) {
        SortPattern get = new SortPattern(args.bytes(++i));
        requireSlot(get, slot, "GET");
        gets.add(get);
      } else {
        throw CommandException.SYNTAX;
      }
    }
    return new SortOptions(by, sorted, gets, alpha, descending, offset, count, destination);
  }

  private static void requireSlot(SortPattern pattern, int slot, String option) {
    if (slot != ANY_SLOT && pattern.slot() != slot) {
      throw CommandException.err(
          option
              + " option of SORT denied in Cluster mode when keys formed by the pattern may be in"
              + " different slots.");
    }
  }

  /** The same for a set whose elements are to be stored: an order that is always the same. */
  SortOptions inOrder() {
    return new SortOptions(null, true, gets, true, descending, offset, count, destination);
  }

  /** The first element wanted, of so many. */
  int from(int size) {
    return (int) Math.min(Math.max(offset, 0), size);
  }

  /** The end of the elements wanted, of so many. */
  int to(int size) {
    int from = from(size);
    return count < 0 || count > size - from ? size : from + (int) count;
  }
}
