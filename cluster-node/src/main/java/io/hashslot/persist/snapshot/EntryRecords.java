package io.hashslot.persist.snapshot;

import io.hashslot.keyspace.AccessClock;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.persist.rdb.RdbWriter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Turns copies of entries, and their parts, into records of one snapshot: each behind the database
 * it is in, and behind what tells of its last access. A string that comes in parts is gathered
 * first if it may be compressed, since its length then stands before it. Belongs to the thread that
 * writes.
 */
final class EntryRecords extends EntryWriter implements AutoCloseable {
  private final RdbWriter out;
  private final DatabaseSizes sizes;
  private final SnapshotCut.AccessHints hints;
  private final AccessClock clocks;
  private final long nowMs;
  private final EntryPace pace;
  private final HeldBytes held;
  private final boolean[] announced;
  private int selectedDb = -1;
  private @Nullable GatheredString string;

  /**
   * @param nowMs the moment of the snapshot, milliseconds since 1970
   * @param held counts the memory of strings that are gathered
   */
  EntryRecords(
      RdbWriter out,
      Keyspace keyspace,
      DatabaseSizes sizes,
      SnapshotCut.AccessHints hints,
      long nowMs,
      EntryPace pace,
      HeldBytes held) {
    this.out = out;
    this.sizes = sizes;
    this.hints = hints;
    this.nowMs = nowMs;
    this.pace = pace;
    this.held = held;
    clocks = keyspace.accessClock();
    announced = new boolean[keyspace.databases()];
  }

  @Override
  public void entry(
      int database,
      long key,
      int keyLength,
      long expireAtMs,
      int access,
      int type,
      long value,
      int valueLength)
      throws IOException {
    begin(database, access);
    out.entry(type, key, keyLength, expireAtMs, value, valueLength);
  }

  @Override
  void head(PartedEntry entry) throws IOException {
    begin(entry.database(), entry.clock());
    out.entryHead(entry.type(), entry.key(), entry.keyLength(), entry.expireAtMs());
    if (entry.stringLength() >= 0 && out.compresses()) {
      string = new GatheredString(entry.stringLength(), held);
    }
  }

  @Override
  public void block(BlockChain.Block block) throws IOException {
    if (string == null) {
      out.part(block.address(), block.length());
    } else {
      string.add(block.address(), block.length());
    }
  }

  @Override
  void endOfParts() throws IOException {
    GatheredString whole = string;
    if (whole != null) {
      out.string(whole.address(), whole.length());
      close();
    }
  }

  /** Gives back what was gathered. */
  @Override
  public void close() {
    GatheredString gathered = string;
    if (gathered != null) {
      string = null;
      gathered.close();
    }
  }

  private void begin(int database, int access) throws IOException {
    pace.next();
    if (database != selectedDb) {
      selectedDb = database;
      out.selectDb(database);
      if (!announced[database]) {
        announced[database] = true;
        out.sizeHint(sizes.keys()[database], sizes.expiring()[database]);
      }
    }
    switch (hints) {
      case NONE -> {}
      case IDLE -> out.idle(clocks.idleSeconds(access, nowMs));
      case FREQUENCY -> out.frequency(clocks.frequency(access, nowMs));
    }
  }
}
