package io.hashslot.persist.aof;

import io.hashslot.persist.rdb.RdbEntry;
import io.hashslot.persist.rdb.RdbVisitor;
import io.hashslot.resp.DoubleText;
import io.hashslot.structure.Slice;
import io.hashslot.value.CollectionValue;
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
 * Turns what stands in a snapshot into commands that make it again, in the order and with the
 * options that Redis 7.0.15 and Valkey 8.0.1 use. When consumers were last active, and accesses to
 * keys, do not survive.
 */
final class BaseCommands implements RdbVisitor, AutoCloseable {
  /** Elements that one command adds, at most. */
  static final int MOST_ELEMENTS = 64;

  private final CommandOutput out;
  private final PassingCell cell = new PassingCell();
  private final StreamCommands streams;
  private boolean selected;

  BaseCommands(CommandOutput out) {
    this.out = out;
    streams = new StreamCommands(out);
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
          expiry(entry);
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
            expiry(entry);
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
    switch (value) {
      case ListValue list -> list(entry, list);
      case SetValue set -> set(entry, set);
      case SortedSetValue sorted -> sortedSet(entry, sorted);
      case HashValue hash -> hash(entry, hash);
      case StreamValue stream -> streams.write(entry.key(), entry.keyLength(), stream);
    }
  }

  private void expiry(RdbEntry entry) {
    if (entry.expireAtMs() >= 0) {
      out.command("PEXPIREAT", 2).bytes(entry.key(), entry.keyLength()).number(entry.expireAtMs());
    }
  }

  /**
   * Begins the next command that adds elements, if the element with this number begins one.
   *
   * @param index number of the element, 0 = first
   * @param arguments that each element takes
   */
  private void beginAt(long index, long size, String name, RdbEntry entry, int arguments) {
    if (index % MOST_ELEMENTS == 0) {
      long elements = Math.min(MOST_ELEMENTS, size - index);
      out.command(name, 1 + elements * arguments).bytes(entry.key(), entry.keyLength());
    }
  }

  private void list(RdbEntry entry, ListValue list) {
    long index = 0;
    for (boolean more = list.seek(0); more; more = list.next(ListSide.LEFT)) {
      beginAt(index++, list.size(), "RPUSH", entry, 1);
      Slice element = list.element();
      out.bytes(element.address(), element.length());
    }
  }

  private void set(RdbEntry entry, SetValue set) {
    long[] index = {0};
    set.each(
        member -> {
          beginAt(index[0]++, set.size(), "SADD", entry, 1);
          out.bytes(member.address(), member.length());
          return true;
        });
  }

  private void sortedSet(RdbEntry entry, SortedSetValue sorted) {
    long size = sorted.size();
    if (size == 0) {
      return;
    }
    sorted.select(0);
    for (long index = 0; index < size; index++) {
      beginAt(index, size, "ZADD", entry, 2);
      Slice member = sorted.member();
      out.text(DoubleText.shortestText(sorted.score())).bytes(member.address(), member.length());
      sorted.next();
    }
  }

  private void hash(RdbEntry entry, HashValue hash) {
    long[] index = {0};
    hash.forEach(
        (field, value) -> {
          beginAt(index[0]++, hash.size(), "HMSET", entry, 2);
          out.bytes(field.address(), field.length()).bytes(value.address(), value.length());
        });
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
