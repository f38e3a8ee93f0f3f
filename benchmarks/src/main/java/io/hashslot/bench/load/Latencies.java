package io.hashslot.bench.load;

import org.HdrHistogram.Histogram;

/** The latencies of one run, in nanoseconds, with three significant digits up to a minute. */
final class Latencies {

  private static final long LOWEST_NS = 100;
  private static final long HIGHEST_NS = 60_000_000_000L;

  private final Histogram histogram = new Histogram(LOWEST_NS, HIGHEST_NS, 3);
  private boolean counting;
  private long fromNs;
  private long untilNs;

  /**
   * From now on takes operations that were due at {@code fromNs} or later and before {@code
   * untilNs}.
   */
  void count(long fromNs, long untilNs) {
    this.fromNs = fromNs;
    this.untilNs = untilNs;
    counting = true;
  }

  /** Records the latency of one operation, if it was due in the counted time. */
  void record(long repliedAtNs, long dueAtNs) {
    if (counting && dueAtNs - fromNs >= 0 && dueAtNs - untilNs < 0) {
      histogram.recordValue(Math.min(Math.max(repliedAtNs - dueAtNs, 0), HIGHEST_NS));
    }
  }

  Histogram histogram() {
    return histogram;
  }
}
