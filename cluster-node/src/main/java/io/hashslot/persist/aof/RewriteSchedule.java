package io.hashslot.persist.aof;

/**
 * When files are rewritten by themselves: as they grow, and not again and again if that fails.
 * Guarded by its owner.
 */
final class RewriteSchedule {
  /** Failures in a row after which rewrites wait. */
  private static final int PATIENCE = 3;

  private static final long FIRST_DELAY_MS = 60_000;
  private static final long LONGEST_DELAY_MS = 60 * FIRST_DELAY_MS;

  private long failures;
  private long nextMs;

  /** Rewrites that have failed since the last that has succeeded. */
  long failures() {
    return failures;
  }

  /** Somebody has asked for one: what has failed before does not count any more. */
  void forgive() {
    failures = 0;
  }

  /** One has succeeded. */
  void succeeded() {
    failures = 0;
  }

  /** One has failed: after some, the next has to wait, and twice as long each time. */
  void failed(long nowMs) {
    failures++;
    if (failures >= PATIENCE) {
      long times = Math.min(failures - PATIENCE, 6);
      nextMs = nowMs + Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS << times);
    }
  }

  /** Whether a rewrite that nobody waits for may not begin yet. */
  boolean limited(long nowMs) {
    return failures >= PATIENCE && nowMs < nextMs;
  }

  /**
   * By how much percent the files have grown, if that is enough for a rewrite; else -1.
   *
   * @param percentage {@code auto-aof-rewrite-percentage}; 0 is never
   * @param minBytes {@code auto-aof-rewrite-min-size}
   */
  static long growth(long bytes, long fromBytes, long percentage, long minBytes) {
    if (percentage <= 0 || bytes <= minBytes) {
      return -1;
    }
    long base = Math.max(1, fromBytes);
    long growth = (long) (bytes * 100.0 / base) - 100;
    return growth >= percentage ? growth : -1;
  }
}
