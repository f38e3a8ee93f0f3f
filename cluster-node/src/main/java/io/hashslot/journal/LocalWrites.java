package io.hashslot.journal;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What this server changes by itself while it follows a primary. Its replicas get none of it, and
 * the positions of the stream do not count it; but its append-only file must have it, between the
 * primary's commands, in the order in which all was executed.
 *
 * <p>The bytes stand in a journal of their own, with positions of their own. A <em>turn</em> is a
 * run of them that belongs to one place in the stream, between two commands of the primary. Who
 * reads both ({@link Journal#openFileReader}) is given the stream up to the place of the next turn,
 * then the turn.
 *
 * <p>In the stream commands follow each other as if nothing stood between them: so before it goes
 * on behind a turn, the turn ends in the database that the stream stands in.
 *
 * <p>Guarded by the journal's lock, but for {@link #end}.
 */
final class LocalWrites implements AutoCloseable {
  private static final long NO_PLACE = Long.MAX_VALUE;

  private final Journal bytes;

  /** Places of the turns that somebody has still to read, and where the bytes of each end. */
  private final LongArrayList places = new LongArrayList();

  private final LongArrayList ends = new LongArrayList();
  private int lastDb;

  /** There are bytes that have no place yet. */
  private boolean placeless;

  /** The last turn has ended in another database than the stream's. */
  private boolean astray;

  LocalWrites(int chunkBytes) {
    bytes = new Journal(chunkBytes, Backlog.MIN_BYTES);
  }

  /** How many bytes there have been. Any thread. */
  long end() {
    return bytes.end();
  }

  /** A reader of what comes from now on. */
  JournalReader open() {
    return bytes.openReaderAtEnd(Long.MAX_VALUE, () -> {});
  }

  /**
   * Adds an execution.
   *
   * @param place the end of the stream
   * @param streamDb database that the stream stands in there, -1 if that is not known
   * @param causedByStream whether it comes behind a command that the stream gets next
   */
  void add(
      long place,
      int streamDb,
      boolean causedByStream,
      int firstDb,
      int lastDb,
      long address,
      long length) {
    if (causedByStream) {
      streamGoesOn(place, streamDb);
      bytes.selectedDb(-1);
    } else {
      bytes.selectedDb(astray ? this.lastDb : streamDb);
    }
    bytes.append(firstDb, lastDb, address, length);
    this.lastDb = lastDb;
    placeless = true;
    if (!causedByStream) {
      streamHasGoneOn(place, streamDb);
    }
  }

  /** The stream is about to go on at this place, in this database; -1 if it says so itself. */
  void streamGoesOn(long place, int streamDb) {
    if (astray && !placeless) {
      astray = false;
      if (streamDb >= 0) {
        bytes.append(streamDb, 0, 0); // its SELECT
        extend(place);
      }
    }
  }

  /** What has no place yet stands here, where the stream is in this database. */
  void streamHasGoneOn(long place, int streamDb) {
    if (placeless) {
      placeless = false;
      astray = lastDb != streamDb;
      extend(place);
    }
  }

  /** From here on both are read as by somebody who has read nothing before. */
  void readAnew() {
    astray = false;
  }

  /** All bytes up to now stand here. */
  private void extend(long place) {
    int last = places.size() - 1;
    if (last >= 0 && places.getLong(last) == place) {
      ends.set(last, bytes.end());
    } else {
      places.add(place);
      ends.add(bytes.end());
    }
  }

  /** The place of the next bytes of a reader, at the end of time if there are none. */
  long nextPlace(JournalReader reader) {
    if (places.isEmpty()) {
      return NO_PLACE;
    }
    int turn = turnAfter(reader.position());
    return turn < places.size() ? places.getLong(turn) : NO_PLACE;
  }

  /** The first turn with bytes behind a position of theirs. */
  private int turnAfter(long position) {
    int turn = 0;
    while (turn < ends.size() && ends.getLong(turn) <= position) {
      turn++;
    }
    return turn;
  }

  /** Gives a reader some of the bytes of its next turn; null if it is stopped before them. */
  @Nullable JournalSlice take(JournalReader reader, int maxBytes) {
    long from = reader.position();
    long left = ends.getLong(turnAfter(from)) - from;
    return reader.take((int) Math.min(maxBytes, left));
  }

  /** All readers have read so many bytes. */
  void read(long position) {
    int turns = turnAfter(position);
    places.removeElements(0, turns);
    ends.removeElements(0, turns);
  }

  /** The stream goes on somewhere else: nobody reads what there was. */
  void forget() {
    places.clear();
    ends.clear();
    placeless = false;
    astray = false;
  }

  @Override
  public void close() {
    bytes.close();
  }
}
