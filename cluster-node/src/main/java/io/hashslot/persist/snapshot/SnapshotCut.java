package io.hashslot.persist.snapshot;

import io.hashslot.keyspace.AccessClock;
import io.hashslot.keyspace.CutObserver;
import io.hashslot.keyspace.Entry;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.keyspace.Shards;
import io.hashslot.keyspace.Sweep;
import io.hashslot.persist.rdb.RdbWriter;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The data as it was at one moment, written to an RDB stream while clients go on writing.
 *
 * <h2>The cut</h2>
 *
 * {@link #open} enters all shards for a few microseconds: it gives every shard a new cut number and
 * asks the caller for what belongs to this very moment (the journal's position). From then on each
 * entry either is as it was, or has been handed over: whoever is about to change or delete an entry
 * that carries an older number gives a copy of it to {@link #preImage} first, under the lock it
 * holds anyway.
 *
 * <h2>The sweep</h2>
 *
 * {@link #writeTo} goes through the shards one after the other. It enters a shard for a slice of
 * about {@value #SLICE_GOAL_NS} ns, copies entries with older numbers to a buffer of its own, takes
 * the copies that writers have left, and leaves; compression, checksum and output happen outside.
 * The number of entries of a slice follows from how long the last one took. A single huge value is
 * copied in one piece, whatever that takes.
 *
 * <h2>Memory</h2>
 *
 * Each entry is copied at most once, so even the worst case, everything rewritten while the output
 * stands still, takes no more than the data did (a fork's copy on write has the same bound). Past
 * {@link #COLLECT_BYTES} the sweep first collects what writers have left, in all shards.
 *
 * <p>One thread opens, writes and closes. One cut at a time.
 */
public final class SnapshotCut implements CutObserver, AutoCloseable {
  private static final long SLICE_GOAL_NS = 50_000;
  private static final int FIRST_SLICE_ENTRIES = 64;
  private static final int MOST_SLICE_ENTRIES = 4096;
  private static final long RETRY_NS = 200_000;
  private static final long COLLECT_BYTES = 16L << 20;

  /** Whether entries carry their last access into the snapshot; follows maxmemory-policy. */
  public enum AccessHints {
    NONE,
    IDLE,
    FREQUENCY
  }

  private final Keyspace keyspace;
  private final Shards shards;

  /** Nothing is ever added to it. */
  private static final EntryCopies NOTHING = new EntryCopies();

  private final AccessHints hints;
  private final Clock clock;
  private final long nowMs;

  /** What writers of each shard have handed over; used under that shard's lock. */
  private final EntryCopies[] preImages;

  private final AtomicLong heldBytes = new AtomicLong();
  private final EntryCopies swept = new EntryCopies();
  private final long[] keys;
  private final long[] expiring;
  private final boolean[] announced;
  private int selectedDb = -1;
  private int nextShard;
  private boolean closed;
  private volatile boolean cancelled;
  private final AtomicLong entriesWritten = new AtomicLong();
  private long longestSliceNs;

  private SnapshotCut(Keyspace keyspace, AccessHints hints, Clock clock) {
    this.keyspace = keyspace;
    this.hints = hints;
    this.clock = clock;
    nowMs = clock.wallMs();
    shards = keyspace.shards();
    preImages = new EntryCopies[shards.count()];
    for (int i = 0; i < preImages.length; i++) {
      preImages[i] = new EntryCopies();
    }
    keys = new long[keyspace.databases()];
    expiring = new long[keyspace.databases()];
    announced = new boolean[keyspace.databases()];
  }

  /** A cut and what the caller learned at its moment. */
  public record Opened<T>(SnapshotCut cut, T moment) {}

  /**
   * Takes the cut. Must not be called by an event loop.
   *
   * @param ready asked while all shards are held: false means that something that has changed data
   *     has not yet been given its position; the cut is then tried again a little later
   * @param atCut runs while all shards are held: nothing is being written to anywhere. Has to be
   *     short
   */
  public static <T> Opened<T> open(
      Keyspace keyspace, AccessHints hints, Clock clock, BooleanSupplier ready, Supplier<T> atCut) {
    Shards shards = keyspace.shards();
    shards.enterSlow(shards.all());
    while (!ready.getAsBoolean()) {
      shards.leave(shards.all());
      LockSupport.parkNanos(RETRY_NS);
      shards.enterSlow(shards.all());
    }
    try {
      return new SnapshotCut(keyspace, hints, clock).take(atCut);
    } finally {
      shards.leave(shards.all());
    }
  }

  private <T> Opened<T> take(Supplier<T> atCut) {
    keyspace.openCut(this);
    try {
      for (int db = 0; db < keys.length; db++) {
        keys[db] = keyspace.size(db);
        expiring[db] = keyspace.expiring(db);
      }
      return new Opened<>(this, atCut.get());
    } catch (Throwable e) {
      for (int i = 0; i < shards.count(); i++) {
        keyspace.closeCut(shards.shard(i));
      }
      throw e;
    }
  }

  @Override
  public void preImage(int shard, int database, Entry entry) {
    if (cancelled) {
      return;
    }
    EntryCopies copies = preImages[shard];
    long before = copies.bytes();
    copies.add(database, entry);
    if (copies.bytes() != before) {
      heldBytes.addAndGet(copies.bytes() - before);
    }
  }

  /**
   * Writes all entries of the cut, preceded by their databases.
   *
   * @throws IOException from the output, or if the snapshot was {@linkplain #cancel cancelled}
   */
  public void writeTo(RdbWriter out) throws IOException {
    EntryCopies.Visitor writer = new Writer(out);
    for (; nextShard < shards.count(); nextShard++) {
      sweepShard(nextShard, writer);
    }
  }

  /** Gives up: {@link #writeTo} fails soon, writers hand nothing over any more. From any thread. */
  public void cancel() {
    cancelled = true;
  }

  /** Entries written so far. */
  public long entriesWritten() {
    return entriesWritten.get();
  }

  /** Entries there were at the cut. */
  public long entriesAtCut() {
    long sum = 0;
    for (long one : keys) {
      sum += one;
    }
    return sum;
  }

  /** Memory that copies of entries take at the moment, bytes. */
  public long heldBytes() {
    return heldBytes.get();
  }

  /** Longest time a shard was held for a slice, nanoseconds. Exact after {@link #writeTo}. */
  public long longestSliceNs() {
    return longestSliceNs;
  }

  /** Ends the cut, written completely or not, and frees its memory. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (int i = nextShard; i < shards.count(); i++) {
      shards.enterSlow(1L << i);
      try {
        keyspace.closeCut(shards.shard(i));
        preImages[i].clear();
      } finally {
        shards.leave(1L << i);
      }
    }
    swept.clear();
    heldBytes.set(0);
  }

  private void sweepShard(int index, EntryCopies.Visitor writer) throws IOException {
    Sweep sweep = new Sweep(shards.shard(index), swept::add);
    int entries = FIRST_SLICE_ENTRIES;
    boolean more = true;
    while (more) {
      if (cancelled) {
        throw new IOException("snapshot was given up");
      }
      long from = clock.monotonicNs();
      EntryCopies handed;
      shards.enterSlow(1L << index);
      try {
        more = sweep.next(entries);
        handed = takePreImages(index);
        if (!more) {
          keyspace.closeCut(shards.shard(index));
        }
      } finally {
        shards.leave(1L << index);
      }
      long tookNs = clock.monotonicNs() - from;
      longestSliceNs = Math.max(longestSliceNs, tookNs);
      entries = nextSlice(entries, tookNs);
      write(handed, writer);
      swept.drain(writer);
      if (heldBytes.get() > COLLECT_BYTES) {
        collect(writer);
      }
    }
  }

  private static int nextSlice(int entries, long tookNs) {
    if (tookNs > SLICE_GOAL_NS) {
      return Math.max(1, entries / 2);
    }
    return tookNs < SLICE_GOAL_NS / 2 ? Math.min(MOST_SLICE_ENTRIES, entries * 2) : entries;
  }

  /**
   * Takes what writers have left in all shards, so that it does not pile up until the sweep comes
   * by.
   */
  private void collect(EntryCopies.Visitor writer) throws IOException {
    for (int i = nextShard; i < shards.count(); i++) {
      EntryCopies handed;
      shards.enterSlow(1L << i);
      try {
        handed = takePreImages(i);
      } finally {
        shards.leave(1L << i);
      }
      write(handed, writer);
    }
  }

  /**
   * Takes what writers of a shard have left; under its lock. What is returned is looked at without
   * the lock, so it is never the one that writers still add to, not even when that is empty.
   */
  private EntryCopies takePreImages(int index) {
    EntryCopies handed = preImages[index];
    if (handed.isEmpty()) {
      return NOTHING;
    }
    preImages[index] = new EntryCopies();
    return handed;
  }

  private void write(EntryCopies handed, EntryCopies.Visitor writer) throws IOException {
    if (handed.isEmpty()) {
      return;
    }
    long bytes = handed.bytes();
    try {
      handed.drain(writer);
    } finally {
      heldBytes.addAndGet(-bytes);
    }
  }

  /** Turns copies into records. */
  private final class Writer implements EntryCopies.Visitor {
    private final RdbWriter out;
    private final AccessClock clocks = keyspace.accessClock();

    Writer(RdbWriter out) {
      this.out = out;
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
      if (database != selectedDb) {
        selectedDb = database;
        out.selectDb(database);
        if (!announced[database]) {
          announced[database] = true;
          out.sizeHint(keys[database], expiring[database]);
        }
      }
      switch (hints) {
        case NONE -> {}
        case IDLE -> out.idle(clocks.idleSeconds(access, nowMs));
        case FREQUENCY -> out.frequency(clocks.frequency(access, nowMs));
      }
      out.entry(type, key, keyLength, expireAtMs, value, valueLength);
      entriesWritten.lazySet(entriesWritten.get() + 1);
    }
  }
}
