package io.hashslot.journal;

/**
 * How far back a journal can be read: the bytes that are kept for replicas that come back, and for
 * readers that have not got so far. What nobody needs is let go of whenever the sequence is about
 * to grow.
 *
 * <p>What is public may be called by any thread and takes the journal's lock where it has to; the
 * rest is called under it.
 */
public final class Backlog {
  /** Smaller ones are raised to this, as in Redis. */
  public static final long MIN_BYTES = 16 * 1024;

  private final Journal journal;
  private final LeafLock lock;
  private final ChunkSequence chunks;
  private final Readers readers;
  private volatile boolean open;
  private volatile long bytes;

  /** Everything below was dropped: nobody may start reading there. */
  private long floor;

  Backlog(Journal journal, LeafLock lock, int chunkBytes, Readers readers, long bytes) {
    this.journal = journal;
    this.lock = lock;
    chunks = new ChunkSequence(chunkBytes, this::trim);
    this.readers = readers;
    this.bytes = Math.max(MIN_BYTES, bytes);
  }

  /** The bytes themselves. */
  ChunkSequence chunks() {
    return chunks;
  }

  /** Starts to keep bytes from the journal's present end on; nothing happens if it does already. */
  public void open() {
    lock.lock();
    try {
      if (!open) {
        open = true;
        forgetBytesIfUnread();
        floor = journal.end();
        journal.reconsider();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Keeps nothing for those who come any more; readers stay. */
  public void close() {
    lock.lock();
    try {
      open = false;
      journal.reconsider();
      trim();
      forgetBytesIfUnread();
    } finally {
      lock.unlock();
    }
  }

  /** True while bytes are kept. One volatile read. */
  public boolean isOpen() {
    return open;
  }

  /** How far it may reach back, bytes. */
  public long bytes() {
    return bytes;
  }

  /** Changes how far it reaches back, bytes; raised to {@link #MIN_BYTES}. Takes effect at once. */
  public void bytes(long bytes) {
    lock.lock();
    this.bytes = Math.max(MIN_BYTES, bytes);
    trim();
    lock.unlock();
  }

  /** The journal is closed: under the lock, and for good. */
  void abandon() {
    open = false;
  }

  /** Forgets all bytes; the next ones come at a position, which is returned. */
  long restart(long position) {
    chunks.restart(position);
    floor = position;
    return position;
  }

  /**
   * Without backlog and readers nothing can be read any more: chunks would only pin memory, and the
   * next append may come at another position.
   */
  private void forgetBytesIfUnread() {
    if (!open && readers.isEmpty() || chunks.isEmpty()) {
      restart(journal.end());
    }
  }

  /** First position that somebody who comes now may read: the end if nothing is kept. */
  long first() {
    return Math.max(Math.max(floor, chunks.start()), Math.min(journal.end(), needed()));
  }

  /** Lowest position whose bytes must stay: the slowest reader's, or as far as this reaches. */
  private long needed() {
    long end = journal.end();
    return readers.slowest(open ? Math.max(floor, end - bytes) : end);
  }

  /** Lets go of readers that are too far behind and of chunks that nobody needs. */
  void trim() {
    long end = journal.end();
    readers.dropTooFarBehind(end);
    long needed = needed();
    chunks.dropBelow(needed);
    floor = Math.max(floor, Math.min(needed, end));
  }
}
