package io.hashslot.observe;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * How fast some counters grow: the mean over the last 16 samples, as in Redis. One thread takes the
 * samples, any may read.
 */
public final class Rates {
  private static final int SAMPLES = 16;

  /** A counter whose growth in a second is wanted. */
  public enum Counter {
    /** Commands that were run. */
    COMMANDS,
    /** Bytes read from clients and replicas. */
    BYTES_IN,
    /** Bytes sent to clients and replicas. */
    BYTES_OUT,
    /** Bytes read from the primary. */
    REPLICATION_BYTES_IN,
    /** Bytes sent to replicas. */
    REPLICATION_BYTES_OUT,
    /** Turns of all loops. */
    TURNS,
    /** Nanoseconds that the loops worked. */
    BUSY_NS
  }

  private static final Counter[] COUNTERS = Counter.values();

  private Consumer<long[]> source = _ -> {};
  private final long[] figures = new long[COUNTERS.length];
  private final double[][] perSecond = new double[COUNTERS.length][SAMPLES];
  private final long[] last = new long[COUNTERS.length];
  private long lastNs;
  private int next;

  /** Makes the rates of counters that are all 0. */
  public Rates() {}

  /** Says who writes all counters, each at its ordinal. */
  public synchronized void source(Consumer<long[]> reader) {
    source = reader;
  }

  /** Takes a sample; ten times a second, about. */
  public synchronized void sample(long nowNs) {
    boolean first = lastNs == 0;
    source.accept(figures);
    for (int i = 0; i < figures.length; i++) {
      long now = figures[i];
      if (!first && nowNs > lastNs) {
        // A counter that was set back has not shrunk.
        perSecond[i][next] = Math.max(0, now - last[i]) * 1e9 / (nowNs - lastNs);
      }
      last[i] = now;
    }
    if (!first) {
      next = (next + 1) % SAMPLES;
    }
    lastNs = nowNs;
  }

  /** Returns how much a counter grows in a second. */
  public synchronized double perSecond(Counter counter) {
    return Arrays.stream(perSecond[counter.ordinal()]).average().orElse(0);
  }
}
