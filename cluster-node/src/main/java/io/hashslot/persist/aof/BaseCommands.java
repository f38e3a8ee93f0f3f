package io.hashslot.persist.aof;

import io.hashslot.persist.rdb.RdbEntry;
import io.hashslot.persist.rdb.RdbVisitor;
import io.hashslot.value.CollectionValue;
import io.hashslot.value.FrozenValue;
import io.hashslot.value.HashValue;
import io.hashslot.value.Kind;
import io.hashslot.value.ListSide;
import io.hashslot.value.ListValue;
import io.hashslot.value.SetValue;
import io.hashslot.value.SortedSetValue;
import io.hashslot.value.StreamValue;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Turns what stands in a snapshot into commands that make it again, as {@link CommandParts} writes
 * them. When consumers were last active, and accesses to keys, do not survive.
 */
final class BaseCommands implements RdbVisitor, AutoCloseable {
  /** How many chunks of a stream, of which nothing is kept, are given back at once. */
  private static final int RELEASED_AT_ONCE = 1000;

  private final CommandOutput out;
  private final PassingCell cell = new PassingCell();
  private boolean selected;

  BaseCommands(CommandOutput out) {
    this.out = out;
  }

  @Override
  public void function(byte[] source, long offset) throws IOException {
    written(() -> out.command("FUNCTION", 2).text("LOAD").bytes(source));
  }

  @Override
  public void selectDb(int db, long offset) throws IOException {
    written(() -> select(db));
  }

  private void select(int db) {
    out.command("SELECT", 1).number(db);
    selected = true;
  }

  @Override
  public void string(RdbEntry entry, long value, int valueLength) throws IOException {
    written(
        () -> {
          if (!selected) {
            select(0);
          }
          out.command("SET", 2).bytes(entry.key(), entry.keyLength()).bytes(value, valueLength);
          if (entry.expireAtMs() >= 0) {
            out.command("PEXPIREAT", 2)
                .bytes(entry.key(), entry.keyLength())
                .number(entry.expireAtMs());
          }
        });
  }

  @Override
  public void collection(RdbEntry entry, Kind kind, Reading reading) throws IOException {
    CollectionValue value = empty(kind);
    value.wrap(cell);
    value.init();
    try {
      reading.into(value);
      written(
          () -> {
            if (!selected) {
              select(0);
            }
            collection(entry, value);
          });
    } finally {
      cell.clear(kind);
    }
  }

  private static CollectionValue empty(Kind kind) {
    return switch (kind) {
      case STRING -> throw new IllegalArgumentException("a string is no collection");
      case LIST -> new ListValue();
      case SET -> new SetValue();
      case SORTED_SET -> new SortedSetValue();
      case HASH -> new HashValue();
      case STREAM -> new StreamValue();
    };
  }

  private void collection(RdbEntry entry, CollectionValue value) {
    try (CommandParts parts =
        new CommandParts(value, entry.key(), entry.keyLength(), entry.expireAtMs(), out)) {
      switch (value) {
        case ListValue list -> list(list, parts);
        case SetValue set ->
            set.each(
                member -> {
                  parts.member(member);
                  return true;
                });
        case SortedSetValue sorted -> sortedSet(sorted, parts);
        case HashValue hash -> hash.forEach(parts::pair);
        case StreamValue stream -> stream(stream, parts);
      }
      parts.end();
    }
  }

  private static void list(ListValue list, CommandParts parts) {
    for (boolean more = list.seek(0); more; more = list.next(ListSide.LEFT)) {
      parts.listElement(list.element().address(), list.element().length());
    }
  }

  /** In the order of scores: whoever executes that appends. */
  private static void sortedSet(SortedSetValue sorted, CommandParts parts) {
    if (sorted.isEmpty()) {
      return;
    }
    sorted.select(0);
    do {
      parts.scored(sorted.member(), sorted.score());
    } while (sorted.next());
  }

  /** Nobody changes the stream: it is frozen only to be handed out in parts. */
  private static void stream(StreamValue stream, CommandParts parts) {
    FrozenValue still = FrozenValue.freeze(stream, parts, _ -> {});
    try {
      boolean more = true;
      while (more) {
        more = still.next();
      }
    } finally {
      while (!still.release(RELEASED_AT_ONCE)) {}
    }
  }

  private static void written(Runnable output) throws IOException {
    try {
      output.run();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void close() {
    cell.close();
  }
}
