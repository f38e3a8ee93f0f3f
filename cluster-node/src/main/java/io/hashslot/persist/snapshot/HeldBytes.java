package io.hashslot.persist.snapshot;

import java.util.concurrent.atomic.AtomicLong;

/** Memory that a cut takes beside the data, in bytes. Any thread may call. */
final class HeldBytes {
  private final AtomicLong now = new AtomicLong();
  private final AtomicLong peak = new AtomicLong();

  /** Counts more, or fewer. */
  void add(long bytes) {
    long sum = now.addAndGet(bytes);
    if (sum > peak.get()) {
      notePeak(sum);
    }
  }

  /** Notes what was held together with something that is not counted here. */
  void notePeak(long bytes) {
    peak.accumulateAndGet(bytes, Math::max);
  }

  long get() {
    return now.get();
  }

  /** The most that was ever held. */
  long peak() {
    return peak.get();
  }
}
