package io.hashslot.dispatch;

import io.hashslot.journal.Journal;
import io.hashslot.keyspace.EvictionPolicy;
import io.hashslot.keyspace.Keyspace;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How much memory the node may use, how much it does use, and what it does about it: {@code
 * maxmemory} and what belongs to it. Shared by all loops; each has a {@link MemoryGate}.
 *
 * <p>What is counted: the arenas of the data to the byte, the replication backlog, and the buffers
 * of clients. Not counted, as in Redis, is what the stream to replicas takes beyond the backlog:
 * otherwise the deletions of one eviction would cause the next one. The collected heap is not
 * counted either: it has a size of its own.
 */
public final class MemoryLimit {
  /** Time that one command may spend on making room, for each step of the tenacity up to 10. */
  private static final long STEP_NS = 50_000;

  private static final int STEADY = 10;
  private static final int UNLIMITED = 100;

  private final Keyspace keyspace;
  private final Journal journal;

  private final AtomicInteger gates = new AtomicInteger();
  private final AtomicInteger version = new AtomicInteger();

  private volatile long limitBytes;
  private volatile @Nullable EvictionPolicy policy;
  private volatile int samples = 5;
  private volatile long runNs = STEADY * STEP_NS;
  private volatile boolean spareReplica = true;
  private volatile boolean unlinks = true;
  private volatile long clientBytes;

  private long exceededSinceNs;
  private long exceededNs;

  /** Makes one without a limit. */
  public MemoryLimit(Keyspace keyspace, Journal journal) {
    this.keyspace = keyspace;
    this.journal = journal;
  }

  /** Tells whether there is a limit. */
  boolean limited() {
    return limitBytes != 0;
  }

  /** Returns {@code maxmemory} in bytes; 0 for no limit. */
  public long limitBytes() {
    return limitBytes;
  }

  /** Sets {@code maxmemory}, in bytes; 0 for no limit. */
  public void limitBytes(long bytes) {
    limitBytes = bytes;
    version.incrementAndGet();
  }

  /** Returns which keys make room; null if none does. */
  @Nullable EvictionPolicy policy() {
    return policy;
  }

  /** Sets which keys make room; null if none shall ({@code noeviction}). */
  public void policy(@Nullable EvictionPolicy chosen) {
    policy = chosen;
    version.incrementAndGet();
  }

  int samples() {
    return samples;
  }

  /** Sets {@code maxmemory-samples}. */
  public void samples(int count) {
    samples = count;
  }

  /** Returns how long one command may spend on making room, in nanoseconds. */
  long runNs() {
    return runNs;
  }

  /**
   * Sets {@code maxmemory-eviction-tenacity}, 0 to 100. As in Redis: up to 10 the time of one run
   * grows by 50 microseconds a step, above by 15 percent a step; 100 means without end.
   */
  public void tenacity(int setting) {
    runNs =
        setting <= STEADY
            ? setting * STEP_NS
            : setting == UNLIMITED
                ? Long.MAX_VALUE / 2
                : (long) (STEADY * STEP_NS * Math.pow(1.15, setting - STEADY));
  }

  boolean spareReplica() {
    return spareReplica;
  }

  /** Sets {@code replica-ignore-maxmemory}. */
  public void spareReplica(boolean yes) {
    spareReplica = yes;
    version.incrementAndGet();
  }

  /** Tells whether keys that make room are passed on to replicas as UNLINK rather than DEL. */
  boolean unlinks() {
    return unlinks;
  }

  /** Sets {@code lazyfree-lazy-eviction}. */
  public void unlinks(boolean yes) {
    unlinks = yes;
  }

  /** Changes when the limit or what is done about it changes. */
  int version() {
    return version.get();
  }

  /** One more loop watches the limit. */
  void addGate() {
    gates.incrementAndGet();
  }

  /** Returns how many loops watch the limit. */
  int gates() {
    return gates.get();
  }

  /** Returns what the buffers of clients take, as of a moment ago. */
  public long clientBytes() {
    return clientBytes;
  }

  /** Notes what the buffers of clients take. */
  public void clientBytes(long bytes) {
    clientBytes = bytes;
  }

  /** Returns what counts against the limit, in bytes. */
  public long countedBytes() {
    return countedBytes(keyspace.usedBytes());
  }

  /** The same for those who have added up already what the data takes. */
  long countedBytes(long dataBytes) {
    return dataBytes
        - keyspace.lentBytes()
        + Math.min(journal.memoryBytes(), journal.backlog().bytes())
        + clientBytes;
  }

  /**
   * Returns what is used but does not count against the limit ({@code mem_not_counted_for_evict}).
   */
  public long uncountedBytes() {
    return Math.max(0, journal.memoryBytes() - journal.backlog().bytes()) + keyspace.lentBytes();
  }

  /** Notes whether the limit is exceeded at a time of the monotonic clock. */
  synchronized void exceeded(boolean yes, long nowNs) {
    if (yes && exceededSinceNs == 0) {
      exceededSinceNs = nowNs;
    } else if (!yes && exceededSinceNs != 0) {
      exceededNs += nowNs - exceededSinceNs;
      exceededSinceNs = 0;
    }
  }

  /** Returns for how long the limit has been exceeded now, in nanoseconds; 0 if it is not. */
  public synchronized long exceededNowNs(long nowNs) {
    return exceededSinceNs == 0 ? 0 : Math.max(0, nowNs - exceededSinceNs);
  }

  /** Returns for how long the limit was exceeded in all, in nanoseconds. */
  public synchronized long exceededNs(long nowNs) {
    return exceededNs + exceededNowNs(nowNs);
  }

  /** Starts the total anew ({@code CONFIG RESETSTAT}). */
  public synchronized void resetStatistics() {
    exceededNs = 0;
  }
}
