package io.hashslot.persist.snapshot;

import io.hashslot.journal.ReplicationHistory;
import io.hashslot.keyspace.ExpiryMode;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.keyspace.KeyspaceEvents;
import io.hashslot.keyspace.Shards;
import io.hashslot.memory.Memory;
import io.hashslot.persist.rdb.RdbEntry;
import io.hashslot.persist.rdb.RdbFormatException;
import io.hashslot.persist.rdb.RdbReader;
import io.hashslot.persist.rdb.RdbVisitor;
import io.hashslot.time.Clock;
import io.hashslot.value.CollectionValue;
import io.hashslot.value.Kind;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads a snapshot into a keyspace that nobody writes to meanwhile. Holds all shards for a batch of
 * entries at a time, so that commands which are allowed while loading still get through.
 *
 * <p>Not for event loops: it waits for locks and for the input.
 */
public final class SnapshotLoader implements RdbVisitor {
  /** What becomes of keys whose time has come. */
  public enum Expired {
    /** A primary starts: they are dropped. */
    DROP,
    /** A replica, or data that will become one's: the primary will say when they go. */
    KEEP
  }

  /**
   * What was found in a snapshot.
   *
   * @param replicationId history of the data, null if it has none
   * @param replicationOffset offset of the data in it
   * @param streamDb database the stream stood in; -1: the replication fields must not be used
   */
  public record Loaded(
      long keys,
      long expired,
      @Nullable String replicationId,
      long replicationOffset,
      int streamDb,
      List<byte[]> functions) {}

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotLoader.class);
  private static final int BATCH_ENTRIES = 256;

  private final Keyspace keyspace;
  private final Shards shards;
  private final Keys keys;
  private final Expired expired;
  private final Clock clock;
  private final Runnable betweenBatches;
  private final boolean merge;
  private final List<byte[]> functions = new ArrayList<>();
  private int db;
  private int inBatch;
  private boolean entered;
  private long loaded;
  private long dropped;
  private @Nullable String replicationId;
  private long replicationOffset;
  private int streamDb = -1;

  private SnapshotLoader(
      Keyspace keyspace, Expired expired, Clock clock, boolean merge, Runnable betweenBatches) {
    this.merge = merge;
    this.keyspace = keyspace;
    this.expired = expired;
    this.clock = clock;
    this.betweenBatches = betweenBatches;
    shards = keyspace.shards();
    keys = keyspace.newKeys(KeyspaceEvents.NONE);
  }

  /** Like the one below, into empty databases: a key that is there already is a mistake. */
  public static Loaded load(
      ReadableByteChannel channel,
      boolean verifyChecksum,
      Keyspace keyspace,
      Expired expired,
      Clock clock,
      Runnable betweenBatches)
      throws IOException {
    return load(channel, verifyChecksum, keyspace, expired, clock, false, betweenBatches);
  }

  /**
   * Loads everything.
   *
   * @param merge whether keys that are there already are replaced
   * @param betweenBatches runs now and then without any lock, for signs of life; what it throws
   *     ends the loading
   * @throws RdbFormatException if the snapshot is damaged, holds a key twice, more databases than
   *     there are, or types that cannot be held yet; what was loaded until then stays
   */
  public static Loaded load(
      ReadableByteChannel channel,
      boolean verifyChecksum,
      Keyspace keyspace,
      Expired expired,
      Clock clock,
      boolean merge,
      Runnable betweenBatches)
      throws IOException {
    SnapshotLoader loader = new SnapshotLoader(keyspace, expired, clock, merge, betweenBatches);
    try (RdbReader reader = new RdbReader(channel, verifyChecksum)) {
      reader.read(loader);
    } finally {
      loader.leave();
    }
    return new Loaded(
        loader.loaded,
        loader.dropped,
        loader.replicationId,
        loader.replicationOffset,
        loader.streamDb,
        List.copyOf(loader.functions));
  }

  @Override
  public void aux(String name, String value) {
    switch (name) {
      case "repl-id" ->
          replicationId = value.length() == ReplicationHistory.ID_LENGTH ? value : null;
      case "repl-offset" -> replicationOffset = number(value, 0);
      case "repl-stream-db" -> streamDb = (int) number(value, -1);
      default -> {
        if (name.startsWith("%")) {
          LOG.info("snapshot says {}: {}", name, value);
        } else {
          LOG.debug("snapshot field {}: {}", name, value);
        }
      }
    }
  }

  @Override
  public void function(byte[] source) {
    functions.add(source);
  }

  @Override
  public void selectDb(int index, long offset) throws IOException {
    if (index >= keyspace.databases()) {
      throw new RdbFormatException("database " + index + " of " + keyspace.databases(), offset);
    }
    db = index;
  }

  @Override
  public void string(RdbEntry entry, long value, int valueLength) throws IOException {
    Key key = begin(entry);
    if (key != null) {
      keys.put(key, value, valueLength, expiryOf(entry));
      loaded(entry, key);
    }
    next();
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
      loaded(entry, key);
    } else if (key != null) {
      LOG.info("skipping the empty {} '{}'", kind.typeName(), printable(entry));
    }
    next();
  }

  /** Returns the key of an entry, or null if its time has come and it is to be dropped. */
  private @Nullable Key begin(RdbEntry entry) throws IOException {
    if (!entered) {
      shards.enterSlow(shards.all());
      entered = true;
    }
    long nowMs = clock.wallMs();
    keys.begin(db, ExpiryMode.IGNORE);
    keys.at(nowMs);
    if (expired == Expired.DROP && entry.expireAtMs() >= 0 && entry.expireAtMs() < nowMs) {
      dropped++;
      return null;
    }
    Key key = keys.key(entry.key(), entry.keyLength(), -1);
    if (keys.has(key) && !(merge && keys.remove(key))) {
      throw new RdbFormatException("key '" + printable(entry) + "' a second time", entry.offset());
    }
    return key;
  }

  private static long expiryOf(RdbEntry entry) {
    return entry.expireAtMs() >= 0 ? entry.expireAtMs() : Keys.NO_EXPIRY;
  }

  private void loaded(RdbEntry entry, Key key) {
    if (entry.idleSeconds() >= 0 || entry.frequency() >= 0) {
      keys.setAccess(key, entry.idleSeconds(), entry.frequency());
    }
    loaded++;
  }

  private void next() {
    if (++inBatch == BATCH_ENTRIES) {
      leave();
      betweenBatches.run();
    }
  }

  private void leave() {
    inBatch = 0;
    if (entered) {
      entered = false;
      shards.leave(shards.all());
    }
  }

  private static String printable(RdbEntry entry) {
    StringBuilder text = new StringBuilder();
    for (byte b : Memory.bytes(entry.key(), Math.min(entry.keyLength(), 80))) {
      text.append(b >= ' ' && b < 127 ? (char) b : '.');
    }
    return text.toString();
  }

  private static long number(String text, long otherwise) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
