package io.hashslot.persist.aof;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a write waits though there is something to write, under {@code everysec} and {@code no}.
 *
 * <p>After a write the next one waits until a millisecond has passed: that is one wake-up of the
 * thread and one call of the system for many commands instead of for each. And as long as the
 * second's sync is under way a write would only wait for it, so it does not even begin; for two
 * seconds, then it is done all the same, and counted.
 *
 * <p>Belongs to the writing thread, but for {@link #delayedSyncs}.
 */
final class WriteDelay {
  private static final Logger LOG = LoggerFactory.getLogger(WriteDelay.class);
  private static final long LEAST_DISTANCE_NS = 1_000_000;
  private static final long LONGEST_POSTPONEMENT_NS = 2_000_000_000L;

  private boolean written;
  private long lastWriteNs;
  private long postponedSinceNs;
  private boolean postponed;
  private volatile long delayedSyncs;

  /** Everything there was has been written. */
  void wrote(long nowNs) {
    written = true;
    lastWriteNs = nowNs;
  }

  /** Returns how long to wait before writing, nanoseconds; 0 or less is not at all. */
  long ns(FsyncPolicy policy, boolean syncing, boolean behind, long nowNs) {
    if (policy == FsyncPolicy.ALWAYS) {
      postponed = false;
      return 0;
    }
    if (syncing && behind && policy == FsyncPolicy.EVERYSEC) {
      long leftNs = postponedNs(nowNs);
      if (leftNs > 0) {
        return leftNs;
      }
    } else {
      postponed = false;
    }
    return written ? lastWriteNs + LEAST_DISTANCE_NS - nowNs : 0;
  }

  private long postponedNs(long nowNs) {
    if (!postponed) {
      postponed = true;
      postponedSinceNs = nowNs;
    }
    long leftNs = postponedSinceNs + LONGEST_POSTPONEMENT_NS - nowNs;
    if (leftNs <= 0) {
      postponed = false;
      delayedSyncs++;
      LOG.warn(
          "Asynchronous AOF fsync is taking too long (disk is busy?). Writing the AOF buffer"
              + " without waiting for fsync to complete, this may slow down Redis.");
    }
    return leftNs;
  }

  /** How often something was written though a sync was under way, as it had lasted too long. */
  long delayedSyncs() {
    return delayedSyncs;
  }
}
