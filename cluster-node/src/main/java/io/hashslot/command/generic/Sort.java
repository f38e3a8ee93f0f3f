package io.hashslot.command.generic;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.command.KeyPositions;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.resp.Request;
import io.hashslot.structure.Slice;
import io.hashslot.value.Kind;
import io.hashslot.value.ListSide;
import io.hashslot.value.ListValue;
import io.hashslot.value.SetValue;
import io.hashslot.value.SortedSetValue;
import io.hashslot.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * SORT key [BY pattern] [LIMIT offset count] [GET pattern [GET pattern ...]] [ASC | DESC] [ALPHA]
 * [STORE destination]; also SORT_RO, without STORE
 */
final class Sort {
  private Sort() {}

  static void execute(Context ctx, Args args) {
    run(ctx, args, true);
  }

  static void readOnly(Context ctx, Args args) {
    run(ctx, args, false);
  }

  /** The key and, unless several were given, of which the last counts, the one to store at. */
  static boolean keys(Request request, KeyPositions into) {
    var specs = GenericCommands.SORT_KEYS;
    into.add(1, specs.get(0));
    int destination = 0;
    for (int i = 2; i < request.count(); i++) {
      if (request.is(i, "LIMIT")) {
        i += 2;
      } else if (request.is(i, "GET") || request.is(i, "BY")) {
        i++;
      } else if (request.is(i, "STORE") && i + 1 < request.count()) {
        destination = ++i;
      }
    }
    if (destination > 0) {
      into.add(destination, specs.get(2));
    }
    return true;
  }

  /** Keys that are named by patterns may be anywhere; in a cluster they have the key's slot. */
  static long shards(Request request, Keyspace keyspace) {
    if (!keyspace.settings().cluster()) {
      for (int i = 2; i < request.count() - 1; i++) {
        if ((request.is(i, "GET") || request.is(i, "BY"))
            && SortPattern.namesKeys(request.bytes(i + 1))) {
          return keyspace.shards().all();
        }
      }
    }
    return 0;
  }

  private static void run(Context ctx, Args args, boolean mayStore) {
    boolean cluster = ctx.keys().keyspace().settings().cluster();
    Key key = ctx.key(1);
    SortOptions options =
        SortOptions.of(args, mayStore, cluster ? key.slot() : SortOptions.ANY_SLOT);
    Value value = ctx.keys().find(key);
    if (value instanceof SetValue && !options.sorted() && options.destination() > 0) {
      options = options.inOrder();
    }
    try (var elements = elements(value, options);
        var scratch = new SortPattern.SortScratch()) {
      elements.sort(ctx, options, scratch);
      boolean cut = isCut(value, options);
      int from = cut ? 0 : options.from(elements.count());
      int to = cut ? elements.count() : options.to(elements.count());
      if (options.destination() > 0) {
        store(ctx, options, elements, from, to, scratch);
      } else {
        reply(ctx, options, elements, from, to, scratch);
      }
    }
  }

  /** Whether only the wanted part of a value that has an order of its own is read. */
  private static boolean isCut(@Nullable Value value, SortOptions options) {
    return !options.sorted() && (value instanceof ListValue || value instanceof SortedSetValue);
  }

  private static SortElements elements(@Nullable Value value, SortOptions options) {
    return switch (value) {
      case null -> new SortElements(0);
      case ListValue list -> elements(list, options);
      case SortedSetValue set -> elements(set, options);
      case SetValue set -> {
        SortElements elements = new SortElements((int) set.size());
        set.each(
            member -> {
              elements.add(member.address(), member.length());
              return true;
            });
        yield elements;
      }
      default -> throw CommandException.WRONG_TYPE;
    };
  }

  private static SortElements elements(ListValue list, SortOptions options) {
    int size = (int) list.size();
    int from = options.sorted() ? 0 : options.from(size);
    int to = options.sorted() ? size : options.to(size);
    boolean backwards = !options.sorted() && options.descending();
    SortElements elements = new SortElements(to - from);
    if (from < to) {
      list.seek(backwards ? size - 1 - from : from);
    }
    for (int i = from; i < to; i++) {
      Slice element = list.element();
      elements.add(element.address(), element.length());
      list.next(backwards ? ListSide.RIGHT : ListSide.LEFT);
    }
    return elements;
  }

  private static SortElements elements(SortedSetValue set, SortOptions options) {
    int size = (int) set.size();
    int from = options.sorted() ? 0 : options.from(size);
    int to = options.sorted() ? size : options.to(size);
    boolean backwards = !options.sorted() && options.descending();
    SortElements elements = new SortElements(to - from);
    if (from < to) {
      set.select(backwards ? size - 1 - from : from);
    }
    for (int i = from; i < to; i++) {
      Slice member = set.member();
      elements.add(member.address(), member.length());
      boolean unused = backwards ? set.previous() : set.next();
    }
    return elements;
  }

  private static void reply(
      Context ctx,
      SortOptions options,
      SortElements elements,
      int from,
      int to,
      SortPattern.SortScratch scratch) {
    ctx.reply().array((long) (to - from) * Math.max(1, options.gets().size()));
    for (int i = from; i < to; i++) {
      if (options.gets().isEmpty()) {
        ctx.reply().bulk(elements.address(i), elements.length(i));
      }
      for (SortPattern get : options.gets()) {
        Slice found = get.look(ctx, elements.address(i), elements.length(i), scratch);
        if (found == null) {
          ctx.reply().nil();
        } else {
          ctx.reply().bulk(found.address(), found.length());
        }
      }
    }
  }

  private static void store(
      Context ctx,
      SortOptions options,
      SortElements elements,
      int from,
      int to,
      SortPattern.SortScratch scratch) {
    Key destination = ctx.key(options.destination());
    if (from == to) {
      if (ctx.keys().remove(destination)) {
        ctx.changed(destination, KeyEvent.GENERIC, "del");
      }
      ctx.reply().integer(0);
      return;
    }
    ListValue list = (ListValue) ctx.values().detached(destination, Kind.LIST);
    list.expand();
    for (int i = from; i < to; i++) {
      if (options.gets().isEmpty()) {
        push(list, elements.address(i), elements.length(i));
      }
      for (SortPattern get : options.gets()) {
        Slice found = get.look(ctx, elements.address(i), elements.length(i), scratch);
        // What is missing is stored as nothing.
        push(list, found == null ? 0 : found.address(), found == null ? 0 : found.length());
      }
    }
    list.fit();
    long size = list.size();
    ctx.values().put(destination, list, Keys.NO_EXPIRY);
    ctx.changed(destination, KeyEvent.LIST, "sortstore");
    ctx.reply().integer(size);
  }

  private static void push(ListValue list, long address, int length) {
    list.push(ListSide.RIGHT, address, length);
  }
}
