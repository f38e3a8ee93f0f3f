package io.hashslot.persist.snapshot;

import io.hashslot.keyspace.ExpiryMode;
import io.hashslot.keyspace.Keys;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.keyspace.KeyspaceEvents;
import io.hashslot.keyspace.Shards;
import io.hashslot.persist.rdb.RdbWriter;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The data as it is while nobody may change it: all shards are held from {@link #open} to {@link
 * #close}, so all clients wait, as they do for SAVE in the C servers. For the time in which a
 * {@link SnapshotCut} is open already, since there can be only one; that one goes on afterwards.
 *
 * <p>Takes the memory of one entry's copy at a time.
 */
final class StillSnapshot implements SnapshotData, AutoCloseable {
  /** Entries that are looked at in one step, about. */
  private static final int STEP_ENTRIES = 1024;

  private final Keyspace keyspace;
  private final SnapshotCut.AccessHints hints;
  private final int version;
  private final long nowMs;
  private final EntryPace pace;
  private boolean closed;

  private StillSnapshot(
      Keyspace keyspace, SnapshotCut.AccessHints hints, int version, Clock clock) {
    this.keyspace = keyspace;
    this.hints = hints;
    this.version = version;
    nowMs = clock.wallMs();
    pace = new EntryPace(clock);
  }

  /**
   * Holds everybody. Must not be called by an event loop.
   *
   * @param version of RDB that whoever reads the entries understands
   * @param ready as with {@link SnapshotCut#open}
   */
  static StillSnapshot open(
      Keyspace keyspace,
      SnapshotCut.AccessHints hints,
      int version,
      Clock clock,
      BooleanSupplier ready) {
    SnapshotCut.enterAll(keyspace.shards(), ready);
    return new StillSnapshot(keyspace, hints, version, clock);
  }

  /** Waits before each entry is written, as tests want it; in microseconds. */
  void delayEntries(LongSupplier microseconds) {
    pace.delay(microseconds);
  }

  long entriesWritten() {
    return pace.written();
  }

  @Override
  public void writeTo(RdbWriter out) throws IOException {
    HeldBytes held = new HeldBytes();
    EntryCopies copies = new EntryCopies(held, version);
    Keys keys = keyspace.newKeys(KeyspaceEvents.NONE);
    keys.held(keyspace.shards().all());
    try (EntryRecords records =
        new EntryRecords(out, keyspace, DatabaseSizes.of(keyspace), hints, nowMs, pace, held)) {
      for (int database = 0; database < keyspace.databases(); database++) {
        keys.begin(database, ExpiryMode.IGNORE);
        for (long cursor = 0; keyspace.size(database) > 0; ) {
          cursor = keys.scan(cursor, STEP_ENTRIES, copies::add);
          copies.drain(records);
          if (cursor == 0) {
            break;
          }
        }
      }
    } finally {
      copies.clear();
    }
  }

  /** Lets everybody go on. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      Shards shards = keyspace.shards();
      shards.leave(shards.all());
    }
  }
}
