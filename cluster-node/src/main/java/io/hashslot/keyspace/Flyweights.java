package io.hashslot.keyspace;

import io.hashslot.value.Cell;
import io.hashslot.value.CollectionValue;
import io.hashslot.value.HashValue;
import io.hashslot.value.Kind;
import io.hashslot.value.ListValue;
import io.hashslot.value.SetValue;
import io.hashslot.value.SortedSetValue;
import io.hashslot.value.StreamValue;
import io.hashslot.value.StringValue;
import io.hashslot.value.Value;
import org.jspecify.annotations.Nullable;

/** One flyweight of each kind of value, made when first needed, over the same entry in turn. */
final class Flyweights {
  final StringValue string = new StringValue();
  private final EntryCell cell = new EntryCell();
  private final @Nullable CollectionValue[] collections =
      new @Nullable CollectionValue[Kind.values().length];

  /** The value of an entry that is only looked at. */
  Value over(Shard shard, long entry) {
    Kind kind = Entry.kind(entry);
    if (kind == Kind.STRING) {
      return Entry.string(entry, string);
    }
    cell.over(shard, entry);
    return collection(kind);
  }

  /** The value of the entry of a key, which may change. */
  Value over(ShardDatabase tables, Key key, long entry) {
    Kind kind = Entry.kind(entry);
    return kind == Kind.STRING ? Entry.string(entry, string) : collection(tables, key, entry, kind);
  }

  /** The collection of the entry of a key, which may change. */
  CollectionValue collection(ShardDatabase tables, Key key, long entry, Kind kind) {
    cell.over(tables, key, entry);
    return collection(kind);
  }

  /** The bytes of the entry of a key, which may change. */
  Cell cell(ShardDatabase tables, Key key, long entry) {
    return cell.over(tables, key, entry);
  }

  private CollectionValue collection(Kind kind) {
    CollectionValue value = collections[kind.ordinal()];
    if (value == null) {
      value = make(kind);
      collections[kind.ordinal()] = value;
    }
    value.wrap(cell);
    return value;
  }

  static CollectionValue make(Kind kind) {
    return switch (kind) {
      case STRING -> throw new IllegalArgumentException("a string is no collection");
      case LIST -> new ListValue();
      case SET -> new SetValue();
      case SORTED_SET -> new SortedSetValue();
      case HASH -> new HashValue();
      case STREAM -> new StreamValue();
    };
  }
}
