package io.hashslot.keyspace;

import io.hashslot.memory.Memory;
import io.hashslot.value.StringEncoding;
import io.hashslot.value.StringValue;

/** Strings that are changed in place. An open cut hears which bytes will change, before they do. */
final class StringEdits {
  private final Keys keys;
  private final Lookup lookup;

  StringEdits(Keys keys, Lookup lookup) {
    this.keys = keys;
    this.lookup = lookup;
  }

  /**
   * Makes a string at least so long, and lets the caller write from one index up to another; see
   * {@link Keys#edit(Key, int, int)}.
   */
  StringValue edit(Key key, int minLength, int from, int to) {
    ShardDatabase tables = lookup.tables(key);
    long entry = lookup.write(key);
    int old = 0;
    if (entry == 0) {
      entry = keys.create(key, minLength, StringEncoding.RAW, Keys.NO_EXPIRY);
    } else {
      Keys.requireString(entry);
      keys.changing(tables, entry);
      old = Entry.valueLength(entry);
      if (minLength > old) {
        entry = Entries.grow(tables, key, entry, minLength);
      }
      Entry.putEncoding(entry, StringEncoding.RAW.ordinal());
      FrozenValues frozen = tables.shard().frozen;
      if (!frozen.isEmpty()) {
        frozen.changing(Entry.stringAddress(entry), from, to);
      }
    }
    if (minLength > old) {
      Memory.fill(Entry.stringAddress(entry) + old, minLength - old, 0);
    }
    return Entry.string(entry, key.string);
  }

  /** See {@link Keys#append}. */
  int append(Key key, long address, int length) {
    long entry = lookup.write(key);
    if (entry == 0) {
      keys.put(key, address, length, Keys.NO_EXPIRY);
      return length;
    }
    Keys.requireString(entry);
    ShardDatabase tables = lookup.tables(key);
    keys.changing(tables, entry);
    int old = Entry.valueLength(entry);
    entry = Entries.grow(tables, key, entry, Math.addExact(old, length));
    Entry.putEncoding(entry, StringEncoding.RAW.ordinal());
    Memory.copy(address, Entry.stringAddress(entry) + old, length);
    return old + length;
  }
}
