package io.hashslot.persist.snapshot;

import io.hashslot.keyspace.CutObserver;
import io.hashslot.keyspace.Entry;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.keyspace.Shard;
import io.hashslot.keyspace.Shards;
import io.hashslot.keyspace.Sweep;
import io.hashslot.persist.rdb.PartWriter;
import io.hashslot.persist.rdb.RdbParts;
import io.hashslot.persist.rdb.RdbWriter;
import io.hashslot.slot.SlotSet;
import io.hashslot.slot.Slots;
import io.hashslot.time.Clock;
import io.hashslot.value.FrozenValue;
import io.hashslot.value.Value;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The data as it was at one moment, written to an RDB stream while clients go on writing.
 *
 * <h2>The cut</h2>
 *
 * {@link #open} enters all shards for a few microseconds: it gives every shard a new cut number and
 * asks the caller for what belongs to this very moment (the journal's position). From then on each
 * entry either is as it was, or has been taken: whoever is about to change or delete an entry that
 * carries an older number has it {@linkplain #take taken} first, under the lock it holds anyway.
 *
 * <h2>The sweep</h2>
 *
 * {@link #writeTo} goes through the shards one after the other. It enters a shard for a slice of
 * about {@value #SLICE_GOAL_NS} ns, takes entries with older numbers and what writers have left,
 * and leaves; compression, checksum and output happen outside.
 *
 * <h2>Big values</h2>
 *
 * To take an entry is to copy it, but a big collection or string is only frozen ({@link
 * io.hashslot.value.FrozenValue}): it is written a slice at a time, and a writer hands over no more
 * than the few elements around those that it changes, or pieces of a string. One such entry after
 * the other is written; meanwhile others, and copies, wait.
 *
 * <h2>Memory</h2>
 *
 * Each element is copied at most once, so even the worst case, everything rewritten while the
 * output stands still, takes no more than the data did (a fork's copy on write has the same bound),
 * and one long string once more while it is put together to be compressed. Past {@link
 * #COLLECT_BYTES} the sweep first collects what writers have left, in all shards.
 *
 * <p>One thread opens, writes and closes. One cut at a time.
 */
public final class SnapshotCut implements SnapshotData, CutObserver, AutoCloseable {
  private static final long SLICE_GOAL_NS = 50_000;
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
  private final AccessHints hints;

  /** Whose keys are taken; null for all. */
  private final @Nullable SlotSet slots;

  private final int version;
  private final PartWriter.Form form;
  private final Clock clock;
  private final long nowMs;
  private final HeldBytes held = new HeldBytes();

  /** What was copied in each shard; used under that shard's lock. */
  private final EntryCopies[] copies;

  /** What was frozen in each shard; used under that shard's lock. */
  private final List<ArrayDeque<PartedEntry>> parted = new ArrayList<>();

  /** On the way out. */
  private final EntryCopies leaving;

  private final BlockChain leavingParts = new BlockChain(held);
  private final DatabaseSizes sizes;
  private final EntryPace pace;
  private int nextShard;
  private boolean closed;
  private long deadlineNs;
  private long longestSliceNs;

  private SnapshotCut(
      Keyspace keyspace,
      AccessHints hints,
      @Nullable SlotSet slots,
      int version,
      PartWriter.Form form,
      Clock clock) {
    this.keyspace = keyspace;
    this.hints = hints;
    this.slots = slots;
    this.version = version;
    this.form = form;
    this.clock = clock;
    nowMs = clock.wallMs();
    shards = keyspace.shards();
    copies = new EntryCopies[shards.count()];
    for (int i = 0; i < copies.length; i++) {
      copies[i] = new EntryCopies(held, version);
      parted.add(new ArrayDeque<>());
    }
    leaving = new EntryCopies(held, version);
    sizes = DatabaseSizes.of(keyspace);
    pace = new EntryPace(clock);
  }

  /** A cut and what the caller learned at its moment. */
  public record Opened<T>(SnapshotCut cut, T moment) {}

  /**
   * Takes the cut. Must not be called by an event loop.
   *
   * @param version of RDB that whoever reads the entries understands
   * @param ready asked while all shards are held: false means that something that has changed data
   *     has not yet been given its position; the cut is then tried again a little later
   * @param atCut runs while all shards are held: nothing is being written to anywhere. Has to be
   *     short
   */
  public static <T> Opened<T> open(
      Keyspace keyspace,
      AccessHints hints,
      int version,
      Clock clock,
      BooleanSupplier ready,
      Supplier<T> atCut) {
    PartWriter.Form form = (value, _, _, _, out) -> new RdbParts(value, out, version);
    return open(keyspace, hints, null, version, form, clock, ready, atCut);
  }

  /**
   * Takes a cut of the keys of some slots, likewise; on a primary in cluster mode only.
   *
   * @param form in which big values are written, for a {@link CutSink}
   */
  public static <T> Opened<T> ofSlots(
      Keyspace keyspace,
      SlotSet slots,
      int version,
      PartWriter.Form form,
      Clock clock,
      Supplier<T> atCut) {
    return open(keyspace, AccessHints.NONE, slots, version, form, clock, () -> true, atCut);
  }

  private static <T> Opened<T> open(
      Keyspace keyspace,
      AccessHints hints,
      @Nullable SlotSet slots,
      int version,
      PartWriter.Form form,
      Clock clock,
      BooleanSupplier ready,
      Supplier<T> atCut) {
    Shards shards = keyspace.shards();
    enterAll(shards, ready);
    try {
      return new SnapshotCut(keyspace, hints, slots, version, form, clock).begin(atCut);
    } finally {
      shards.leave(shards.all());
    }
  }

  /** Enters all shards at a moment at which {@code ready} says so. */
  static void enterAll(Shards shards, BooleanSupplier ready) {
    shards.enterSlow(shards.all());
    while (!ready.getAsBoolean()) {
      shards.leave(shards.all());
      LockSupport.parkNanos(RETRY_NS);
      shards.enterSlow(shards.all());
    }
  }

  private <T> Opened<T> begin(Supplier<T> atCut) {
    keyspace.openCut(this);
    try {
      return new Opened<>(this, atCut.get());
    } catch (Throwable e) {
      for (int i = 0; i < shards.count(); i++) {
        keyspace.closeCut(shards.shard(i));
      }
      throw e;
    }
  }

  @Override
  public @Nullable FrozenValue take(int shard, int database, Entry entry) {
    if (pace.cancelled() || slots != null && !slots.contains(slotOf(entry))) {
      return null;
    }
    Value value = entry.value();
    if (FrozenValue.isBig(value)) {
      PartedEntry inParts = new PartedEntry(database, entry, value, version, form, held);
      parted.get(shard).add(inParts);
      return inParts.value();
    }
    copies[shard].add(database, entry);
    return null;
  }

  private static int slotOf(Entry entry) {
    return Slots.of(entry.keyAddress(), entry.keyLength());
  }

  /**
   * Writes all entries of the cut, preceded by their databases.
   *
   * @throws IOException from the output, or if the snapshot was {@linkplain #cancel cancelled}
   */
  @Override
  public void writeTo(RdbWriter out) throws IOException {
    try (EntryRecords records = new EntryRecords(out, keyspace, sizes, hints, nowMs, pace, held)) {
      sweep(records);
    }
  }

  /**
   * Shows all entries of the cut.
   *
   * @throws IOException from the sink, or if the snapshot was {@linkplain #cancel cancelled}
   */
  public void writeTo(CutSink sink) throws IOException {
    sweep(new SinkEntries(sink, pace));
  }

  private void sweep(EntryWriter writer) throws IOException {
    for (; nextShard < shards.count(); nextShard++) {
      sweepShard(nextShard, writer);
    }
  }

  /** Gives up: {@link #writeTo} fails soon, writers hand nothing over any more. From any thread. */
  public void cancel() {
    pace.cancel();
  }

  /**
   * Waits before each entry is written, as tests want it; in microseconds, none if not positive.
   */
  public void delayEntries(LongSupplier microseconds) {
    pace.delay(microseconds);
  }

  /** The version of RDB that entries are written in. */
  public int version() {
    return version;
  }

  /** Entries written so far. */
  public long entriesWritten() {
    return pace.written();
  }

  /** Entries there were at the cut. */
  public long entriesAtCut() {
    return sizes.total();
  }

  /**
   * Memory that the cut takes at the moment, bytes: copies of entries and elements, and what
   * clients have deleted but the cut still has to write.
   */
  public long heldBytes() {
    return held.get() + keyspace.lentBytes();
  }

  /** The most that {@link #heldBytes} ever was, about. */
  public long peakHeldBytes() {
    return held.peak();
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
      enter(i);
      try {
        keyspace.closeCut(shards.shard(i));
        copies[i].clear();
      } finally {
        leave(i);
      }
      for (PartedEntry entry = firstParted(i); entry != null; entry = firstParted(i)) {
        end(i, entry);
      }
    }
    leaving.clear();
    leavingParts.clear();
  }

  // Slices

  /** Begins a slice. */
  private void enter(int shard) {
    shards.enterSlow(1L << shard);
    deadlineNs = clock.monotonicNs() + SLICE_GOAL_NS;
  }

  private boolean timeIsUp() {
    return clock.monotonicNs() - deadlineNs >= 0;
  }

  private void leave(int shard) {
    long tookNs = clock.monotonicNs() - deadlineNs + SLICE_GOAL_NS;
    shards.leave(1L << shard);
    longestSliceNs = Math.max(longestSliceNs, tookNs);
    held.notePeak(heldBytes());
  }

  private void sweepShard(int index, EntryWriter writer) throws IOException {
    Shard shard = shards.shard(index);
    Sweep sweep = slots == null ? new Sweep(shard, this) : Sweep.of(slots, keyspace, shard, this);
    boolean more = true;
    while (more) {
      pace.goOn();
      boolean anyParted;
      enter(index);
      try {
        more = sweep.next(MOST_SLICE_ENTRIES, this::timeIsUp);
        copies[index].moveTo(leaving);
        anyParted = !parted.get(index).isEmpty();
      } finally {
        leave(index);
      }
      leaving.drain(writer);
      if (anyParted) {
        writeParted(index, writer);
      }
      if (heldBytes() > COLLECT_BYTES) {
        collect(writer);
      }
    }
    enter(index);
    try {
      keyspace.closeCut(shards.shard(index));
    } finally {
      leave(index);
    }
  }

  /**
   * Writes what writers have left in all shards, so that it does not pile up until the sweep comes
   * by.
   */
  private void collect(EntryWriter writer) throws IOException {
    for (int i = nextShard; i < shards.count(); i++) {
      enter(i);
      try {
        copies[i].moveTo(leaving);
      } finally {
        leave(i);
      }
      leaving.drain(writer);
      writeParted(i, writer);
    }
  }

  /** Writes the big values of a shard that were frozen by now, one after the other. */
  private void writeParted(int index, EntryWriter writer) throws IOException {
    for (PartedEntry entry = firstParted(index); entry != null; entry = firstParted(index)) {
      writer.head(entry);
      boolean more = true;
      while (more) {
        pace.goOn();
        enter(index);
        try {
          do {
            more = entry.next();
          } while (more && !timeIsUp());
          entry.takeParts(leavingParts);
        } finally {
          leave(index);
        }
        leavingParts.drain(writer);
      }
      writer.endOfParts();
      end(index, entry);
    }
  }

  private @Nullable PartedEntry firstParted(int index) {
    enter(index);
    try {
      return parted.get(index).peekFirst();
    } finally {
      leave(index);
    }
  }

  /** Ends the first one of the frozen values of a shard. */
  private void end(int index, PartedEntry entry) {
    enter(index);
    try {
      parted.get(index).removeFirst();
      keyspace.thaw(shards.shard(index), entry.value());
    } finally {
      leave(index);
    }
    boolean released = false;
    while (!released) {
      enter(index);
      try {
        released = entry.release();
      } finally {
        leave(index);
      }
    }
    entry.close();
  }
}
