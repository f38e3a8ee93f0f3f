package io.hashslot.persist.snapshot;

import io.hashslot.keyspace.ExpiryMode;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.keyspace.KeyspaceEvents;
import io.hashslot.keyspace.LookAhead;
import io.hashslot.memory.Memory;
import io.hashslot.persist.rdb.RdbEntry;
import io.hashslot.persist.rdb.RdbFormatException;
import io.hashslot.persist.rdb.RdbVisitor;
import io.hashslot.time.Clock;
import io.hashslot.value.CollectionValue;
import io.hashslot.value.Kind;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes entries of records, in shards that its user has entered. Belongs to one thread; others may
 * build in other shards at the same time.
 */
final class EntryBuilder implements RdbVisitor {
  private static final Logger LOG = LoggerFactory.getLogger(EntryBuilder.class);
  private static final int SHOWN_BYTES = 80;

  private final Keys keys;
  private final LookAhead lookAhead;
  private final SnapshotLoader.Options options;
  private final Clock clock;
  private int database;
  private long nowMs;

  /** Set by the reading thread, seen by others with the next batch they get. */
  private boolean drop;

  private long loaded;
  private long dropped;

  EntryBuilder(Keyspace keyspace, SnapshotLoader.Options options, Clock clock) {
    this.options = options;
    this.clock = clock;
    drop = options.expired() == SnapshotLoader.Expired.DROP;
    keys = keyspace.newKeys(KeyspaceEvents.NONE);
    lookAhead = keyspace.newLookAhead();
    atThisMoment();
  }

  /** Looks at the clock: once for many entries is enough. */
  void atThisMoment() {
    nowMs = clock.wallMs();
  }

  /** From here on entries are kept whose time has come. */
  void keepExpired() {
    drop = false;
  }

  /** How many entries it has made. */
  long loaded() {
    return loaded;
  }

  /** How many entries it has left out because their time had come. */
  long dropped() {
    return dropped;
  }

  /** The shard that a key belongs to, as a mask. */
  long shardOf(RdbEntry entry) {
    keys.begin(database, ExpiryMode.IGNORE);
    return keys.key(entry.key(), entry.keyLength(), -1).shardMask();
  }

  /** What comes next belongs to a database of the keyspace. */
  @Override
  public void selectDb(int index, long offset) {
    database = index;
  }

  @Override
  public void comes(long key, int keyLength) {
    lookAhead.add(key, keyLength);
  }

  @Override
  public void prepare() {
    lookAhead.fetchEntered(database);
  }

  @Override
  public void string(RdbEntry entry, long value, int valueLength) throws IOException {
    Key key = begin(entry);
    if (key != null) {
      keys.values().putNew(key, value, valueLength, expiryOf(entry));
      made(entry, key);
    }
  }

  @Override
  public void collection(RdbEntry entry, Kind kind, Reading reading) throws IOException {
    Key key = begin(entry);
    // One that is dropped has to be read, too.
    Key where = key == null ? keys.key(entry.key(), entry.keyLength(), -1) : key;
    CollectionValue value = keys.values().detached(where, kind);
    boolean kept = false;
    try {
      reading.into(value);
      kept = key != null && !(value.isEmpty() && kind != Kind.STREAM);
    } finally {
      if (!kept) {
        keys.values().discard(value);
      }
    }
    if (key != null && kept) {
      keys.values().put(key, value, expiryOf(entry));
      made(entry, key);
    } else if (key != null) {
      LOG.info("skipping the empty {} '{}'", kind.typeName(), printable(entry));
    }
  }

  /** Returns the key of an entry, or null if its time has come and it is to be dropped. */
  private @Nullable Key begin(RdbEntry entry) throws IOException {
    keys.begin(database, ExpiryMode.IGNORE);
    keys.at(nowMs);
    long expireAtMs = entry.expireAtMs();
    if (drop && expireAtMs >= 0 && expireAtMs < nowMs) {
      dropped++;
      return null;
    }
    Key key = keys.key(entry.key(), entry.keyLength(), -1);
    if (keys.has(key) && !(options.merge() && keys.remove(key))) {
      throw new RdbFormatException("key '" + printable(entry) + "' a second time", entry.offset());
    }
    return key;
  }

  private static long expiryOf(RdbEntry entry) {
    return entry.expireAtMs() >= 0 ? entry.expireAtMs() : Keys.NO_EXPIRY;
  }

  private void made(RdbEntry entry, Key key) {
    if (entry.idleSeconds() >= 0 || entry.frequency() >= 0) {
      keys.setAccess(key, entry.idleSeconds(), entry.frequency());
    }
    loaded++;
  }

  private static String printable(RdbEntry entry) {
    StringBuilder text = new StringBuilder();
    for (byte b : Memory.bytes(entry.key(), Math.min(entry.keyLength(), SHOWN_BYTES))) {
      text.append(b >= ' ' && b < 127 ? (char) b : '.');
    }
    return text.toString();
  }
}
