package io.hashslot.journal;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.Executor;
import org.agrona.UnsafeApi;
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
 * replica {@link #follow follows}: effects of its own are ignored and {@link #appendStream} takes
 * the primary's very bytes, so that positions mean the same on all levels of a chain.
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

  /** Smaller backlogs are raised to this, as in Redis. */
  public static final long MIN_BACKLOG_BYTES = 16 * 1024;

  private static final int SPARE_CHUNKS = 4;
  private static final JournalReader[] NO_READERS = {};

  private final LeafLock lock = new LeafLock();
  private final int chunkBytes;
  private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();
  private final ArrayDeque<Chunk> spare = new ArrayDeque<>();
  private final SelectCommand select = new SelectCommand();

  private volatile JournalReader[] readers = NO_READERS;
  private volatile long end;
  private volatile boolean recording;
  private volatile boolean backlog;
  private boolean following;
  private boolean closed;
  private volatile long backlogBytes;
  private int allocatedChunks;

  /** First position ever stored since the bytes were last forgotten. */
  private long start;

  /** Everything below was dropped: nobody may start reading there. */
  private long floor;

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
   *     #MIN_BACKLOG_BYTES}
   */
  public Journal(int chunkBytes, long backlogBytes) {
    if (chunkBytes < 64) {
      throw new IllegalArgumentException("chunk of " + chunkBytes + " bytes");
    }
    this.chunkBytes = chunkBytes;
    this.backlogBytes = Math.max(MIN_BACKLOG_BYTES, backlogBytes);
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

  private long append(int firstDb, int lastDb, long address, long length) {
    if (!recording) {
      return end;
    }
    lock.lock();
    try {
      if (!recording) {
        return end;
      }
      long to = end;
      if (firstDb >= 0 && firstDb != selectedDb) {
        to = copyIn(to, select.address(), select.encode(firstDb));
      }
      if (lastDb >= 0) {
        selectedDb = lastDb;
      }
      to = copyIn(to, address, length);
      end = to;
      return to;
    } finally {
      lock.unlock();
    }
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
      this.selectedDb = selectedDb;
      end = backlog || readers.length > 0 ? copyIn(end, address, length) : skip(length);
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
    for (JournalReader reader : readers) {
      reader.wakeIfBehind(end, near);
    }
  }

  /**
   * The next command will be preceded by SELECT: for a replica that starts without knowing the
   * stream's database.
   */
  public void forgetSelectedDb() {
    lock.lock();
    selectedDb = -1;
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
   * From now on the stream is that of a primary: own effects are ignored, {@link #appendStream} is
   * allowed.
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
    reconsider();
    lock.unlock();
  }

  /** Starts to keep a backlog from the present end; nothing happens if there is one. */
  public void openBacklog() {
    lock.lock();
    try {
      if (!backlog) {
        backlog = true;
        forgetBytesIfUnread();
        floor = end;
        reconsider();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Drops the backlog; readers stay. */
  public void closeBacklog() {
    lock.lock();
    try {
      backlog = false;
      reconsider();
      trim();
      forgetBytesIfUnread();
    } finally {
      lock.unlock();
    }
  }

  /** True while a backlog is kept. */
  public boolean hasBacklog() {
    return backlog;
  }

  /**
   * Changes how far back the backlog reaches, bytes; raised to {@link #MIN_BACKLOG_BYTES}. Takes
   * effect at once.
   */
  public void backlogBytes(long bytes) {
    lock.lock();
    backlogBytes = Math.max(MIN_BACKLOG_BYTES, bytes);
    trim();
    lock.unlock();
  }

  /** How far back the backlog may reach, bytes. */
  public long backlogBytes() {
    return backlogBytes;
  }

  /** First position that can still be read: the end if nothing is kept. */
  public long first() {
    lock.lock();
    try {
      return firstLocked();
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
      for (JournalReader reader : readers) {
        reader.drop(); // stays listed until its owner, woken by the next signal, closes it
      }
      releaseChunks();
      end = position;
      start = position;
      floor = position;
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
      if (position < firstLocked() || position > end) {
        return null;
      }
      JournalReader reader = new JournalReader(this, position, lagLimitBytes, wake);
      JournalReader[] more = Arrays.copyOf(readers, readers.length + 1);
      more[more.length - 1] = reader;
      readers = more;
      reconsider();
      return reader;
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
      long available = Math.min(end, reader.stop) - reader.position;
      if (reader.closed || reader.dropped) {
        return null;
      }
      if (available <= 0) {
        reader.arm(end);
        return null;
      }
      Chunk chunk = chunkOf(reader.position);
      long inChunk = chunk.base + chunkBytes - reader.position;
      int length = (int) Math.min(Math.min(maxBytes, inChunk), available);
      chunk.pins++;
      JournalSlice slice = new JournalSlice(this, chunk, reader.position, length);
      reader.position += length;
      return slice;
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
      return new JournalMark(end, selectedDb);
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
      return end - reader.position;
    } finally {
      lock.unlock();
    }
  }

  void remove(JournalReader reader) {
    lock.lock();
    try {
      reader.closed = true;
      unlist(reader);
      reconsider();
      trim();
    } finally {
      lock.unlock();
    }
  }

  void unpin(Chunk chunk) {
    lock.lock();
    try {
      release(chunk);
    } finally {
      lock.unlock();
    }
  }

  /** Bytes of direct memory held: chunks of the sequence, those that slices pin, spare ones. */
  public long memoryBytes() {
    lock.lock();
    try {
      return (long) allocatedChunks * chunkBytes;
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
      for (JournalReader reader : readers) {
        reader.drop();
      }
      backlog = false;
      releaseChunks();
      while (!spare.isEmpty()) {
        spare.remove().free();
        allocatedChunks--;
      }
      select.close();
    } finally {
      lock.unlock();
    }
  }

  // Under the lock

  private void reconsider() {
    recording = !closed && !following && (backlog || readers.length > 0);
  }

  private long skip(long length) {
    long to = end + length;
    releaseChunks();
    start = to;
    floor = to;
    return to;
  }

  /**
   * Without backlog and readers nothing can be read any more: chunks would only pin memory, and the
   * next append may come at another position.
   */
  private void forgetBytesIfUnread() {
    if (!backlog && readers.length == 0 || chunks.isEmpty()) {
      releaseChunks();
      start = end;
      floor = end;
    }
  }

  /** First position that somebody who comes now may read. */
  private long firstLocked() {
    return Math.max(Math.max(floor, start), Math.min(end, needed()));
  }

  /**
   * Lowest position whose bytes must stay: the slowest reader's, or as far as the backlog reaches.
   */
  private long needed() {
    long lowest = backlog ? Math.max(floor, end - backlogBytes) : end;
    for (JournalReader reader : readers) {
      if (!reader.dropped) {
        lowest = Math.min(lowest, reader.position);
      }
    }
    return lowest;
  }

  private long copyIn(long position, long address, long length) {
    long from = address;
    long left = length;
    long to = position;
    while (left > 0) {
      Chunk chunk = chunks.peekLast();
      if (chunk == null || to == chunk.base + chunkBytes) {
        chunk = nextChunk(to);
      }
      int n = (int) Math.min(left, chunk.base + chunkBytes - to);
      UnsafeApi.copyMemory(from, chunk.address + (to - chunk.base), n);
      from += n;
      left -= n;
      to += n;
    }
    return to;
  }

  private Chunk nextChunk(long base) {
    if (chunks.isEmpty()) {
      start = base;
      floor = Math.max(floor, base);
    }
    trim();
    Chunk chunk = spare.poll();
    if (chunk == null) {
      chunk = new Chunk(chunkBytes);
      allocatedChunks++;
    }
    chunk.base = base;
    chunk.pins = 1;
    chunks.addLast(chunk);
    return chunk;
  }

  /** Lets go of readers that are too far behind and of chunks that nobody needs. */
  private void trim() {
    for (JournalReader reader : readers) {
      if (end - reader.position > reader.lagLimitBytes) {
        reader.drop();
      }
    }
    long needed = needed();
    while (chunks.size() > 1 && chunks.getFirst().base + chunkBytes <= needed) {
      release(chunks.removeFirst());
      start = chunks.getFirst().base;
    }
    floor = Math.max(floor, Math.min(needed, end));
  }

  private void unlist(JournalReader reader) {
    JournalReader[] now = readers;
    for (int i = 0; i < now.length; i++) {
      if (now[i] == reader) {
        JournalReader[] fewer = Arrays.copyOf(now, now.length - 1);
        System.arraycopy(now, i + 1, fewer, i, now.length - 1 - i);
        readers = fewer.length == 0 ? NO_READERS : fewer;
        return;
      }
    }
  }

  private Chunk chunkOf(long position) {
    // Readers are nearly always at the newest chunk.
    var newestFirst = chunks.descendingIterator();
    while (newestFirst.hasNext()) {
      Chunk chunk = newestFirst.next();
      if (position >= chunk.base) {
        return chunk;
      }
    }
    throw new IllegalStateException(
        "position " + position + " is below the journal's start " + start);
  }

  private void releaseChunks() {
    while (!chunks.isEmpty()) {
      release(chunks.removeFirst());
    }
  }

  private void release(Chunk chunk) {
    if (--chunk.pins == 0) {
      if (!closed && spare.size() < SPARE_CHUNKS) {
        spare.add(chunk);
      } else {
        chunk.free();
        allocatedChunks--;
      }
    }
  }
}
