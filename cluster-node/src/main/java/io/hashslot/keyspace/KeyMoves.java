package io.hashslot.keyspace;

import io.hashslot.memory.Memory;
import io.hashslot.value.CollectionValue;
import io.hashslot.value.Kind;
import io.hashslot.value.StringValue;

/**
 * RENAME, MOVE and COPY. Within a shard a collection moves with its key, however big it is; between
 * shards, which have memory of their own, it is copied.
 */
final class KeyMoves {
  private final Keys keys;
  private final Lookup lookup;

  KeyMoves(Keys keys, Lookup lookup) {
    this.keys = keys;
    this.lookup = lookup;
  }

  boolean move(Key from, Key to, int toDatabase) {
    long source = lookup.live(from, true);
    if (source == 0) {
      return false;
    }
    int clock = Entry.clock(source);
    if (from.shard() == to.shard() && Entry.kind(source) != Kind.STRING) {
      transfer(from, to, toDatabase);
    } else {
      copy(from, to, toDatabase);
      keys.remove(from);
    }
    Entry.putClock(lookup.locate(to, toDatabase), clock);
    return true;
  }

  boolean copy(Key from, Key to, int toDatabase) {
    if (lookup.live(from, true) == 0) {
      return false;
    }
    removeAt(to, toDatabase);
    long source = lookup.locate(from);
    long expireAtMs = Entry.expireAtMs(source);
    switch (from.flyweights.over(lookup.tables(from), from, source)) {
      case StringValue string -> {
        int own = keys.database();
        keys.select(toDatabase);
        keys.put(to, string.address(), string.length(), string.encoding(), expireAtMs);
        keys.select(own);
      }
      case CollectionValue value -> copy(value, to, toDatabase, expireAtMs);
    }
    return true;
  }

  private void copy(CollectionValue value, Key to, int toDatabase, long expireAtMs) {
    CollectionValue twin = keys.values().detached(to, value.kind());
    value.copyTo(twin);
    int own = keys.database();
    keys.select(toDatabase);
    keys.values().put(to, twin, expireAtMs, true);
    keys.select(own);
  }

  /** Hands the root of a collection over to an entry of another key. */
  private void transfer(Key from, Key to, int toDatabase) {
    removeAt(to, toDatabase);
    long source = lookup.locate(from);
    keys.changing(lookup.tables(from), source);
    int own = keys.database();
    keys.select(toDatabase);
    int length = Entry.valueLength(source);
    long target =
        keys.values()
            .create(
                to,
                Entry.kind(source),
                Entry.encoding(source),
                length,
                Entry.expireAtMs(source),
                true);
    keys.select(own);
    Memory.copy(Entry.stringAddress(source), Entry.stringAddress(target), length);
    // What is left is a string to those who free it: it owns nothing any more.
    Entry.putForm(source, Kind.STRING, 0);
    keys.remove(from);
  }

  /** Deletes what is there: the key that comes is a new one, also to those who listen. */
  private void removeAt(Key key, int database) {
    int own = keys.database();
    keys.select(database);
    keys.remove(key);
    keys.select(own);
  }
}
