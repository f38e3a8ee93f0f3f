package io.hashslot.persist.snapshot;

import io.hashslot.keyspace.ExpiryMode;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.keyspace.KeyspaceEvents;
import io.hashslot.keyspace.KeyspaceSettings;
import io.hashslot.keyspace.Shards;
import io.hashslot.memory.Arena;
import io.hashslot.persist.rdb.RdbEntry;
import io.hashslot.persist.rdb.RdbFormatException;
import io.hashslot.persist.rdb.RdbReader;
import io.hashslot.persist.rdb.RdbVisitor;
import io.hashslot.time.Clock;
import io.hashslot.value.CollectionValue;
import io.hashslot.value.Kind;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads a snapshot through to its end, value by value, and prints what it finds, in the way of
 * {@code redis-check-rdb} 7.0.15. Data of modules is passed over; keys that come twice, and
 * databases that a server would not have, are not noticed.
 */
public final class SnapshotCheck implements RdbVisitor, AutoCloseable {
  /** What the tools of the C servers call the types of values. */
  private static final String[] TYPES = {
    "string",
    "list-linked",
    "set-hashtable",
    "zset-v1",
    "hash-hashtable",
    "zset-v2",
    "module-pre-release",
    "module-value",
    "",
    "hash-zipmap",
    "list-ziplist",
    "set-intset",
    "zset-ziplist",
    "hash-ziplist",
    "quicklist",
    "stream",
    "hash-listpack",
    "zset-listpack",
    "quicklist-v2",
    "stream-v2",
    "set-listpack",
    "stream-v3",
  };

  private static final int STRING = 0;

  private final PrintStream out;
  private final Clock clock;
  private final RdbReader reader;
  private final Keyspace scratch = new Keyspace(new KeyspaceSettings(1, 1, false, 0, Arena::open));
  private final Keys places = scratch.newKeys(KeyspaceEvents.NONE);
  private long keys;
  private long expiring;
  private long expired;

  /** Prepares to check what comes from a channel; findings are printed. */
  public SnapshotCheck(ReadableByteChannel channel, PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
    reader = new RdbReader(channel, true);
    Shards shards = scratch.shards();
    shards.enterSlow(shards.all());
  }

  /**
   * Checks it.
   *
   * @param name of what is checked
   * @return whether it is sound; if not, what is wrong has been printed, with the figures
   * @throws IOException if it cannot be read
   */
  public boolean run(String name) throws IOException {
    info("Checking RDB file " + name);
    try {
      reader.read(this);
    } catch (RdbFormatException fault) {
      print(fault);
      return false;
    }
    if (reader.checksum() == RdbReader.Checksum.SOUND) {
      info("Checksum OK");
    } else if (reader.checksum() == RdbReader.Checksum.LEFT_OUT) {
      info("RDB file was saved with checksum disabled: no check performed.");
    }
    return true;
  }

  /** Prints how many keys there are, and how many of them expire. */
  public void printFigures() {
    out.println("[info] " + keys + " keys read");
    out.println("[info] " + expiring + " expires");
    out.println("[info] " + expired + " already expired");
  }

  /** Prints a line that begins with where in the input the check stands. */
  public void info(String text) {
    out.println("[offset " + reader.bytesRead() + "] " + text);
  }

  /** Bytes of the input that the snapshot takes; what follows it is not looked at. */
  public long bytesRead() {
    return reader.bytesRead();
  }

  private void print(RdbFormatException fault) {
    byte[] key = reader.key();
    int type = reader.type();
    if (key != null && type == STRING) {
      keys++; // a string is only told when it is there as a whole
    }
    out.println("--- RDB ERROR DETECTED ---");
    info(fault.problem());
    out.println(
        "[additional info] While doing: "
            + reader.step().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    if (key != null) {
      out.println(
          "[additional info] Reading key '" + new String(key, StandardCharsets.UTF_8) + "'");
    }
    if (type >= 0 && type < TYPES.length) {
      out.println("[additional info] Reading type " + type + " (" + TYPES[type] + ")");
    }
    printFigures();
  }

  @Override
  public void aux(String name, String value) {
    info("AUX FIELD " + name + " = '" + value + "'");
  }

  @Override
  public void selectDb(int db, long offset) {
    info("Selecting DB ID " + db);
  }

  @Override
  public void module(String what, String module, long offset) {
    if (reader.key() != null) {
      keys++;
    } else {
      info("MODULE AUX for: " + module);
    }
  }

  @Override
  public void string(RdbEntry entry, long value, int valueLength) {
    count(entry);
  }

  @Override
  public void collection(RdbEntry entry, Kind kind, Reading reading) throws IOException {
    count(entry);
    places.begin(0, ExpiryMode.IGNORE);
    places.at(clock.wallMs());
    Key where = places.key(entry.key(), entry.keyLength(), -1);
    CollectionValue value = places.values().detached(where, kind);
    try {
      reading.into(value);
      if (value.isEmpty() && kind != Kind.STREAM) {
        throw new RdbFormatException(kind.typeName() + " without elements", entry.offset());
      }
    } finally {
      places.values().discard(value);
      boolean _ = scratch.shards().shard(0).reclaim(Integer.MAX_VALUE);
    }
  }

  private void count(RdbEntry entry) {
    keys++;
    if (entry.expireAtMs() >= 0) {
      expiring++;
      if (entry.expireAtMs() < clock.wallMs()) {
        expired++;
      }
    }
  }

  /** Gives the memory back; does not close the channel. */
  @Override
  public void close() {
    reader.close();
    scratch.close();
  }
}
