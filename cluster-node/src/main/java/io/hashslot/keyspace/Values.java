package io.hashslot.keyspace;

import io.hashslot.memory.Memory;
import io.hashslot.structure.ScanTable;
import io.hashslot.value.Cell;
import io.hashslot.value.CollectionValue;
import io.hashslot.value.HashValue;
import io.hashslot.value.Kind;
import io.hashslot.value.ListValue;
import io.hashslot.value.SetValue;
import io.hashslot.value.SortedSetValue;
import io.hashslot.value.StreamValue;
import org.jspecify.annotations.Nullable;

/**
 * The collections of the keyspace as one execution sees them; {@link Keys} has the rest. For each
 * kind there are three ways to a value: to read it (an access, a hit or miss), to change one that
 * is there, and to change one that is made, empty, if it is missing. All three throw {@link
 * WrongTypeException} if the key holds something else.
 *
 * <p>Whoever has taken elements out calls {@link #removeIfEmpty}. Values are flyweights of their
 * keys: valid until the key is next looked up or changed.
 */
public final class Values {
  private final Keys keys;
  private final Lookup lookup;

  Values(Keys keys, Lookup lookup) {
    this.keys = keys;
    this.lookup = lookup;
  }

  public @Nullable ListValue list(Key key) {
    return (ListValue) read(key, Kind.LIST);
  }

  public @Nullable ListValue listForWrite(Key key) {
    return (ListValue) forWrite(key, Kind.LIST);
  }

  public ListValue listOrNew(Key key) {
    return (ListValue) orNew(key, Kind.LIST);
  }

  public @Nullable SetValue set(Key key) {
    return (SetValue) read(key, Kind.SET);
  }

  public @Nullable SetValue setForWrite(Key key) {
    return (SetValue) forWrite(key, Kind.SET);
  }

  public SetValue setOrNew(Key key) {
    return (SetValue) orNew(key, Kind.SET);
  }

  public @Nullable SortedSetValue sortedSet(Key key) {
    return (SortedSetValue) read(key, Kind.SORTED_SET);
  }

  public @Nullable SortedSetValue sortedSetForWrite(Key key) {
    return (SortedSetValue) forWrite(key, Kind.SORTED_SET);
  }

  public SortedSetValue sortedSetOrNew(Key key) {
    return (SortedSetValue) orNew(key, Kind.SORTED_SET);
  }

  public @Nullable HashValue hash(Key key) {
    return (HashValue) read(key, Kind.HASH);
  }

  public @Nullable HashValue hashForWrite(Key key) {
    return (HashValue) forWrite(key, Kind.HASH);
  }

  public HashValue hashOrNew(Key key) {
    return (HashValue) orNew(key, Kind.HASH);
  }

  public @Nullable StreamValue stream(Key key) {
    return (StreamValue) read(key, Kind.STREAM);
  }

  public @Nullable StreamValue streamForWrite(Key key) {
    return (StreamValue) forWrite(key, Kind.STREAM);
  }

  public StreamValue streamOrNew(Key key) {
    return (StreamValue) orNew(key, Kind.STREAM);
  }

  /**
   * The bytes of a string, made empty if it is missing, to be changed in place with their number
   * (HyperLogLog). Its encoding becomes raw. Valid until the key is next looked up or changed.
   */
  public Cell rawString(Key key) {
    keys.edit(key, 0);
    return key.flyweights.cell(lookup.tables(key), key, lookup.locate(key));
  }

  /**
   * Deletes a key whose collection has no elements left; false if it has, or there is no such key.
   */
  public boolean removeIfEmpty(Key key) {
    long entry = lookup.locate(key);
    if (entry == 0 || Entry.kind(entry) == Kind.STRING) {
      return false;
    }
    CollectionValue value =
        key.flyweights.collection(lookup.tables(key), key, entry, Entry.kind(entry));
    return value.isEmpty() && keys.remove(key);
  }

  /**
   * Makes an empty collection that no key has yet, in the shard of a key. It ends with {@link #put}
   * for a key of that shard, or with {@link #discard}.
   */
  public CollectionValue detached(Key where, Kind kind) {
    CollectionValue value = Flyweights.make(kind);
    value.wrap(new DetachedCell(lookup.tables(where).shard()));
    value.init();
    return value;
  }

  /**
   * Gives a key a detached collection, whatever it held.
   *
   * @param expireAtMs milliseconds since 1970 or {@link Keys#NO_EXPIRY}
   */
  public void put(Key key, CollectionValue detached, long expireAtMs) {
    put(key, detached, expireAtMs, !keys.remove(key));
  }

  /** Gives a key that holds nothing a detached collection. */
  void put(Key key, CollectionValue detached, long expireAtMs, boolean tellCreated) {
    DetachedCell from = (DetachedCell) detached.cell();
    if (from.shard() != lookup.tables(key).shard()) {
      throw new IllegalArgumentException("a collection of another shard than the key's");
    }
    long entry =
        create(key, detached.kind(), from.encoding(), from.length(), expireAtMs, tellCreated);
    Memory.copy(from.address(), Entry.stringAddress(entry), from.length());
    from.free();
  }

  /** Frees a detached collection that no key is to have. */
  public void discard(CollectionValue detached) {
    DetachedCell cell = (DetachedCell) detached.cell();
    cell.shard().debris.dispose(detached.kind(), cell.encoding(), cell.address(), cell.length());
    cell.free();
  }

  /**
   * Sets a key to a string, as {@link Keys#put} does, if the caller has just found that there is no
   * such key (loading): it is not looked for again.
   */
  public void putNew(Key key, long address, int length, long expireAtMs) {
    int encoding = Entries.encodingOf(address, length).ordinal();
    long entry = create(key, Kind.STRING, encoding, length, expireAtMs, true);
    Memory.copy(address, Entry.stringAddress(entry), length);
  }

  /** Makes an entry with room for a value and tells that the key is new. */
  long create(Key key, Kind kind, int encoding, int length, long expireAtMs, boolean tellCreated) {
    ShardDatabase tables = lookup.tables(key);
    long entry = Entries.create(tables, key, kind, encoding, length, expireAtMs);
    Entry.putClock(entry, lookup.keyspace.accessClock().fresh(lookup.nowMs));
    keys.changed(tables);
    if (tellCreated) {
      lookup.events.created(lookup.database, key);
    } else {
      lookup.events.replaced(lookup.database, key);
    }
    return entry;
  }

  /** Random bits for choices among elements, not for secrets. */
  public ScanTable.RandomBits random() {
    return lookup.randomBits;
  }

  private @Nullable CollectionValue read(Key key, Kind kind) {
    long entry = lookup.read(key);
    return entry == 0 ? null : over(key, entry, kind);
  }

  private @Nullable CollectionValue forWrite(Key key, Kind kind) {
    long entry = lookup.write(key);
    if (entry == 0) {
      return null;
    }
    requireKind(entry, kind);
    keys.changing(lookup.tables(key), entry);
    return over(key, entry, kind);
  }

  private CollectionValue orNew(Key key, Kind kind) {
    CollectionValue value = forWrite(key, kind);
    if (value == null) {
      value = over(key, create(key, kind, 0, 0, Keys.NO_EXPIRY, true), kind);
      value.init();
    }
    return value;
  }

  private CollectionValue over(Key key, long entry, Kind kind) {
    requireKind(entry, kind);
    return key.flyweights.collection(lookup.tables(key), key, entry, kind);
  }

  private static void requireKind(long entry, Kind kind) {
    if (Entry.kind(entry) != kind) {
      throw WrongTypeException.INSTANCE;
    }
  }
}
