package io.hashslot.command.list;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.memory.Memory;
import io.hashslot.structure.Slice;
import io.hashslot.value.ListSide;
import io.hashslot.value.ListValue;

/**
 * What commands do at the ends of lists, waiting ones included: elements that go, with all that
 * follows from it, elements that come, and both at once.
 */
final class ListEnds {
  private ListEnds() {}

  /** Reads {@code LEFT} or {@code RIGHT}. */
  static ListSide side(Args args, int i) {
    if (args.is(i, "LEFT")) {
      return ListSide.LEFT;
    }
    if (args.is(i, "RIGHT")) {
      return ListSide.RIGHT;
    }
    throw CommandException.SYNTAX;
  }

  /** The command that takes elements from an end. */
  static String popCommand(ListSide side) {
    return side == ListSide.LEFT ? "LPOP" : "RPOP";
  }

  /** Replies with the first element from an end, and removes it. */
  static void popOne(Context ctx, Key key, ListValue list, ListSide side) {
    list.seek(side);
    reply(ctx, list.element());
    remove(ctx, key, list, side, 1);
  }

  /** Replies with elements from an end as an array, and removes them; there are that many. */
  static void popMany(Context ctx, Key key, ListValue list, ListSide side, long count) {
    ctx.reply().array(count);
    list.seek(side);
    for (long left = count; left > 0; left--) {
      reply(ctx, list.element());
      if (left > 1) {
        list.next(side);
      }
    }
    remove(ctx, key, list, side, count);
  }

  /**
   * Replies with the key and up to {@code count} elements from an end, and removes them: what LMPOP
   * does with the first list that is not empty. Whoever repeats it removes the same from that list.
   */
  static void popFrom(Context ctx, Key key, ListValue list, ListSide side, long count) {
    long popped = Math.min(count, list.size());
    ctx.reply().array(2);
    ctx.reply().bulk(key.address(), key.length());
    popMany(ctx, key, list, side, popped);
    ctx.effects()
        .command(ctx.database(), popCommand(side), 2)
        .argument(key.address(), key.length())
        .argument(popped);
  }

  /** Replies with an element. */
  static void reply(Context ctx, Slice element) {
    ctx.reply().bulk(element.address(), element.length());
  }

  /** Adds an element at an end of the list of a key. */
  static void push(Context ctx, Key key, ListValue list, ListSide side, long address, int length) {
    list.expect(length, 1);
    list.push(side, address, length);
    ctx.changed(key, KeyEvent.LIST, side == ListSide.LEFT ? "lpush" : "rpush");
  }

  /**
   * Moves the first element from an end of a list to an end of another one, or of the same, and
   * replies with it. The other one is made if it is missing.
   *
   * @param from the key of {@code source}, which is not empty
   */
  static void move(
      Context ctx, Key from, ListValue source, ListSide fromSide, Key to, ListSide toSide) {
    if (from.sameAs(to)) {
      rotate(ctx, from, source, fromSide, toSide);
      return;
    }
    ListValue target = ctx.values().listOrNew(to);
    source.seek(fromSide);
    Slice element = source.element();
    push(ctx, to, target, toSide, element.address(), element.length());
    reply(ctx, element);
    remove(ctx, from, source, fromSide, 1);
  }

  /** The element cannot be read from the very memory that it is put into. */
  private static void rotate(
      Context ctx, Key key, ListValue list, ListSide fromSide, ListSide toSide) {
    list.seek(fromSide);
    Slice element = list.element();
    int length = element.length();
    long copy = Memory.allocate(Math.max(1, length));
    try {
      Memory.copy(element.address(), copy, length);
      ctx.reply().bulk(copy, length);
      list.removeAt(fromSide, 1);
      push(ctx, key, list, toSide, copy, length);
    } finally {
      Memory.free(copy);
    }
    removed(ctx, key, list, fromSide);
  }

  private static void remove(Context ctx, Key key, ListValue list, ListSide side, long count) {
    list.removeAt(side, count);
    removed(ctx, key, list, side);
  }

  private static void removed(Context ctx, Key key, ListValue list, ListSide side) {
    ctx.changed(key, KeyEvent.LIST, side == ListSide.LEFT ? "lpop" : "rpop");
    afterRemoval(ctx, key, list);
  }

  /** Deletes a list without elements; another one may have become small. */
  static void afterRemoval(Context ctx, Key key, ListValue list) {
    if (list.isEmpty()) {
      ctx.keys().remove(key);
      ctx.changed(key, KeyEvent.GENERIC, "del");
    } else {
      list.shrink();
    }
  }
}
