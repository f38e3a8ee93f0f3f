package io.hashslot.journal;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The ordered sequence of everything that changed the data.
 *
 * <h2>Positions</h2>
 *
 * A position is the number of stream bytes produced before it, counted from the start of the
 * replication history. It is therefore the "replication offset" of Redis: {@link #end} is {@code
 * master_repl_offset}; a replica that asks {@code PSYNC id n} wants the bytes from position {@code
 * n - 1}.
 *
 * <h2>Order</h2>
 *
 * Executions append while they hold their shard locks, so the changes of each key stand in the
 * order they happened; the leaf lock in here makes one order of all. An execution encodes first
 * ({@link Effects}) and appends once, so the lock is held for one copy and a transaction is never
 * torn. Nobody is called and nothing is awaited under the lock.
 *
 * <h2>Memory</h2>
 *
 * Bytes stand in chunks of one size in direct memory. All readers share them without copying:
 * {@link JournalReader#take} pins a chunk, closing the slice releases it. Chunks are kept as long
 * as the backlog reaches back to them or a reader still needs them, and then used again. A reader
 * that falls behind its limit is dropped, so a slow socket cannot hold memory without bound.
 *
 * <h2>Roles</h2>
 *
 * A primary appends its own effects. With neither backlog nor reader there is nobody to read them
 * and {@link #append} returns after one volatile read, the end standing still (as in Redis 7.0). A
 * replica {@link #follow follows}: {@link #appendStream} takes the primary's very bytes, so that
 * positions mean the same on all levels of a chain. Effects of its own, if it may be written to,
 * are for its append-only file alone: they stand beside the stream ({@link LocalWrites}).
 *
 * <h2>Waking readers</h2>
 *
 * Appending wakes nobody. Whoever appended calls {@link #signal} once at the end of its batch of
 * requests, outside all locks.
 */
public final class Journal implements AutoCloseable {
  /**
   * Chunk size of a server, bytes: large enough that a turnover is rare, small enough that the
   * last, half-filled one costs nothing.
   */
  public static final int DEFAULT_CHUNK_BYTES = 256 * 1024;

  private final LeafLock lock = new LeafLock();
  private final ChunkSequence chunks;
  private final Readers readers = new Readers();
  private final Reading reading;
  private final Backlog backlog;
  private final SelectCommand select = new SelectCommand();

  private volatile long end;
  private volatile boolean recording;
  private boolean following;
  private boolean closed;

  /** Writes of a follower; there as soon as somebody wants to read them. */
  private volatile @Nullable LocalWrites local;

  private final StreamTurn streamTurn = new StreamTurn();

  /**
   * Database the stream has selected for whoever reads it up to the end; -1 = unknown, the next
   * command is preceded by SELECT.
   */
  private int selectedDb = -1;

  /** A journal of a primary at position 0 without backlog. */
  public Journal(long backlogBytes) {
    this(DEFAULT_CHUNK_BYTES, backlogBytes);
  }

  /**
   * @param chunkBytes size of a chunk, at least 64
   * @param backlogBytes how far back the backlog reaches once it is open; raised to {@link
   *     Backlog#MIN_BYTES}
   */
  public Journal(int chunkBytes, long backlogBytes) {
    if (chunkBytes < 64) {
      throw new IllegalArgumentException("chunk of " + chunkBytes + " bytes");
    }
    backlog = new Backlog(this, lock, chunkBytes, readers, backlogBytes);
    chunks = backlog.chunks();
    reading = new Reading(this, chunks, readers);
  }

  // Appending

  /**
   * True if appended effects would be kept: encoders ask this first and save themselves the work.
   * One volatile read.
   */
  public boolean recording() {
    return recording;
  }

  /** Position after the last byte: Redis' replication offset. */
  public long end() {
    return end;
  }

  /**
   * How much has been executed, counted in bytes: the end, and what was written here beside the
   * stream of a primary. Whoever reads both has what is executed now when it has read so much.
   */
  public long written() {
    return end + localBytes();
  }

  /** How many bytes were ever written here beside the stream; the number stands on a primary. */
  public long localBytes() {
    LocalWrites writes = local;
    return writes == null ? 0 : writes.end();
  }

  /**
   * Appends one or more complete commands that all ran in one database, preceded by {@code SELECT}
   * if the stream stands in another one.
   *
   * @param db database of the commands, or -1 for commands that belong to none (PING, PUBLISH)
   * @return the position after the last byte; the unchanged end if nothing is recorded
   */
  public long append(int db, long address, long length) {
    return append(db, db, address, length);
  }

  /**
   * Appends what one execution did, as a transaction if it is more than one command. Nothing
   * happens if the effects are empty.
   */
  public long append(Effects effects) {
    if (!recording || effects.commands() == 0) {
      return end;
    }
    effects.seal();
    return append(effects.firstDb(), effects.lastDb(), effects.address(), effects.length());
  }

  long append(int firstDb, int lastDb, long address, long length) {
    if (!recording) {
      return end;
    }
    lock.lock();
    try {
      if (!recording) {
        return end;
      }
      if (!following) {
        return appendLed(firstDb, lastDb, address, length);
      }
    } finally {
      lock.unlock();
    }
    appendBeside(firstDb, lastDb, address, length);
    return end;
  }

  private long appendLed(int firstDb, int lastDb, long address, long length) {
    long to = end;
    if (firstDb >= 0 && firstDb != selectedDb) {
      to = chunks.append(to, select.address(), select.encode(firstDb));
    }
    if (lastDb >= 0) {
      selectedDb = lastDb;
    }
    to = chunks.append(to, address, length);
    end = to;
    return to;
  }

  /** The shards of the execution are held: its place does not depend on what comes next. */
  private void appendBeside(int firstDb, int lastDb, long address, long length) {
    if (lastDb < 0) {
      return; // for replicas, who get them from the primary
    }
    boolean withinTurn = streamTurn.isMine();
    if (!withinTurn) {
      streamTurn.await();
    }
    lock.lock();
    try {
      LocalWrites writes = local;
      if (recording && writes != null) {
        writes.add(end, selectedDb, withinTurn, firstDb, lastDb, address, length);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether a command of the primary is between its execution and its place in here. */
  public StreamTurn streamTurn() {
    return streamTurn;
  }

  /**
   * Appends bytes of the primary that this server follows, unchanged.
   *
   * @param selectedDb database the stream stands in after these bytes, so that a promotion knows;
   *     -1 if unknown
   * @return the position after the last byte
   * @throws IllegalStateException if the journal does not follow a primary
   */
  public long appendStream(int selectedDb, long address, long length) {
    lock.lock();
    try {
      if (!following) {
        throw new IllegalStateException("stream bytes on a primary");
      }
      LocalWrites writes = local;
      if (writes != null) {
        writes.streamGoesOn(end, this.selectedDb);
      }
      this.selectedDb = selectedDb;
      end =
          backlog.isOpen() || !readers.isEmpty()
              ? chunks.append(end, address, length)
              : backlog.restart(end + length);
      if (writes != null) {
        writes.streamHasGoneOn(end, selectedDb);
      }
      return end;
    } finally {
      lock.unlock();
    }
  }

  /** Wakes readers that waited and have more now. Call once per batch, outside all locks. */
  public void signal() {
    signal(null);
  }

  /** Like {@link #signal()}, by a loop that runs what readers give it. */
  public void signal(@Nullable Executor near) {
    readers.wake(end, near);
  }

  /**
   * The next command will be preceded by SELECT: for a replica that starts without knowing the
   * stream's database.
   */
  public void forgetSelectedDb() {
    selectedDb(-1);
  }

  /** Says which database the stream stands in, -1 if that is not known. */
  void selectedDb(int db) {
    lock.lock();
    selectedDb = db;
    lock.unlock();
  }

  /** Database the stream stands in at its end, -1 if unknown. */
  public int selectedDb() {
    lock.lock();
    try {
      return selectedDb;
    } finally {
      lock.unlock();
    }
  }

  // Roles and backlog

  /**
   * From now on the stream is that of a primary: own effects stand beside it, {@link #appendStream}
   * is allowed.
   */
  public void follow() {
    lock.lock();
    following = true;
    reconsider();
    lock.unlock();
  }

  /** From now on own effects make the stream; the first one is preceded by SELECT. */
  public void lead() {
    lock.lock();
    following = false;
    selectedDb = -1;
    if (local != null) {
      local.readAnew();
    }
    reconsider();
    lock.unlock();
  }

  /** Which bytes are kept for those who come later. */
  public Backlog backlog() {
    return backlog;
  }

  /** First position that can still be read: the end if nothing is kept. */
  public long first() {
    lock.lock();
    try {
      return backlog.first();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Forgets all bytes and continues at another position: a full synchronisation brought another
   * history. Readers are dropped.
   */
  public void restartAt(long position) {
    lock.lock();
    try {
      readers.drop();
      backlog.restart(position);
      if (local != null) {
        local.forget();
      }
      end = position;
      selectedDb = -1;
      reconsider();
    } finally {
      lock.unlock();
    }
  }

  // Reading

  /**
   * Opens a reader at a position.
   *
   * @param lagLimitBytes how far it may fall behind before it is dropped; {@link Long#MAX_VALUE} =
   *     any
   * @param wake run by {@link #signal} after {@link JournalReader#take} returned null and bytes
   *     came
   * @return null if the position is no longer or not yet there
   */
  public @Nullable JournalReader openReader(long position, long lagLimitBytes, Wakeup wake) {
    lock.lock();
    try {
      if (position < backlog.first() || position > end) {
        return null;
      }
      return list(new JournalReader(this, position, null, lagLimitBytes, wake));
    } finally {
      lock.unlock();
    }
  }

  private JournalReader list(JournalReader reader) {
    readers.add(reader);
    reconsider();
    return reader;
  }

  /**
   * Opens a reader at the present end that keeps everything and reads what an append-only file has
   * to have: on a follower, also what was written here, each at its place.
   */
  public JournalReader openFileReader(Wakeup wake) {
    lock.lock();
    try {
      LocalWrites writes = local;
      if (writes == null) {
        writes = new LocalWrites(chunks.chunkBytes());
        local = writes;
      }
      return list(new JournalReader(this, end, writes.open(), Long.MAX_VALUE, wake));
    } finally {
      lock.unlock();
    }
  }

  /** Opens a reader at the present end. */
  public JournalReader openReaderAtEnd(long lagLimitBytes, Wakeup wake) {
    while (true) {
      JournalReader reader = openReader(end, lagLimitBytes, wake);
      if (reader != null) {
        return reader;
      }
    }
  }

  @Nullable JournalSlice take(JournalReader reader, int maxBytes) {
    lock.lock();
    try {
      return reading.next(reader, end, local, maxBytes);
    } finally {
      lock.unlock();
    }
  }

  JournalMark stop(JournalReader reader) {
    lock.lock();
    try {
      if (!following) {
        selectedDb = -1;
      }
      reader.stop = end;
      LocalWrites writes = local;
      if (reader.local != null && writes != null) {
        reader.local.stopHere();
        writes.readAnew();
      }
      return new JournalMark(end, localBytes(), selectedDb);
    } finally {
      lock.unlock();
    }
  }

  long positionOf(JournalReader reader) {
    lock.lock();
    try {
      return reader.position;
    } finally {
      lock.unlock();
    }
  }

  long lagOf(JournalReader reader) {
    lock.lock();
    try {
      return end - reader.position + (reader.local == null ? 0 : reader.local.lagBytes());
    } finally {
      lock.unlock();
    }
  }

  void remove(JournalReader reader) {
    lock.lock();
    try {
      reader.closed = true;
      if (reader.local != null) {
        reader.local.close();
      }
      readers.remove(reader);
      reconsider();
      backlog.trim();
    } finally {
      lock.unlock();
    }
  }

  void unpin(Chunk chunk) {
    lock.lock();
    try {
      chunks.release(chunk);
    } finally {
      lock.unlock();
    }
  }

  /** Bytes of direct memory held: chunks of the sequence, those that slices pin, spare ones. */
  public long memoryBytes() {
    lock.lock();
    try {
      return chunks.memoryBytes();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Frees the memory. Slices in readers' hands stay valid until closed; the journal records nothing
   * more.
   */
  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      recording = false;
      readers.drop();
      backlog.abandon();
      chunks.close();
      select.close();
      if (local != null) {
        local.close();
      }
    } finally {
      lock.unlock();
    }
  }

  // Under the lock

  /** Looks anew whether somebody reads what is appended. */
  void reconsider() {
    boolean read = following ? readers.readBeside() : backlog.isOpen() || !readers.isEmpty();
    recording = !closed && read;
  }
}
