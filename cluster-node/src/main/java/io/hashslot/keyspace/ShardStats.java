package io.hashslot.keyspace;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Counters of one shard: written under its lock, read by anybody. */
public final class ShardStats {
  private static final VarHandle HITS = handle("hits");
  private static final VarHandle MISSES = handle("misses");
  private static final VarHandle EXPIRED = handle("expired");
  private static final VarHandle EVICTED = handle("evicted");
  private static final VarHandle CHANGES = handle("changes");

  private long hits;
  private long misses;
  private long expired;
  private long evicted;
  private long changes;

  ShardStats() {}

  private static VarHandle handle(String field) {
    try {
      return MethodHandles.lookup().findVarHandle(ShardStats.class, field, long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  void hit() {
    HITS.setOpaque(this, hits + 1);
  }

  void miss() {
    MISSES.setOpaque(this, misses + 1);
  }

  void expire() {
    EXPIRED.setOpaque(this, expired + 1);
  }

  void evict() {
    EVICTED.setOpaque(this, evicted + 1);
  }

  void change() {
    CHANGES.setOpaque(this, changes + 1);
  }

  /** Reads that found their key. */
  public long hits() {
    return (long) HITS.getOpaque(this);
  }

  /** Reads that did not find their key. */
  public long misses() {
    return (long) MISSES.getOpaque(this);
  }

  /** Keys deleted because their time had come. */
  public long expired() {
    return (long) EXPIRED.getOpaque(this);
  }

  /** Keys deleted to make room for others. */
  public long evicted() {
    return (long) EVICTED.getOpaque(this);
  }

  /** Changes to entries since the start. */
  public long changes() {
    return (long) CHANGES.getOpaque(this);
  }

  /**
   * INFO's keyspace_hits, keyspace_misses, expired_keys and evicted_keys start again from zero
   * (CONFIG RESETSTAT). Under the lock.
   */
  public void reset() {
    HITS.setOpaque(this, 0L);
    MISSES.setOpaque(this, 0L);
    EXPIRED.setOpaque(this, 0L);
    EVICTED.setOpaque(this, 0L);
  }
}
