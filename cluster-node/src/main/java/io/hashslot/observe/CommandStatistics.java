package io.hashslot.observe;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How often each command ran on one loop, and how long it took. Written by the loop alone, without
 * fences; whoever reads from another thread sees figures of a moment ago.
 */
public final class CommandStatistics {
  /** Longest time told apart, in nanoseconds; as in Redis. */
  private static final long LONGEST_NS = 1_000_000_000;

  private final long[] calls;
  private final long[] nanos;
  private final long[] failed;
  private final long[] rejected;
  private final @Nullable Histogram[] latencies;
  private final AtomicLong resets;
  private final BooleanSupplier tracking;
  private long seenResets;
  private long commands;
  private long commandNs;
  private long turns;
  private long busyNs;

  /** Makes the statistics of a loop, for a table of so many rows. */
  CommandStatistics(int rows, AtomicLong resets, BooleanSupplier tracking) {
    this.tracking = tracking;
    calls = new long[rows];
    nanos = new long[rows];
    failed = new long[rows];
    rejected = new long[rows];
    latencies = new Histogram[rows];
    this.resets = resets;
  }

  /** Notes that a command ran. */
  public void ran(int row, long tookNs, boolean withError) {
    if (seenResets != resets.get()) {
      reset();
    }
    commands++;
    commandNs += tookNs;
    calls[row]++;
    nanos[row] += tookNs;
    if (withError) {
      failed[row]++;
    }
    if (!tracking.getAsBoolean()) {
      return;
    }
    Histogram histogram = latencies[row];
    if (histogram == null) {
      histogram = new Histogram(1, LONGEST_NS, 2);
      latencies[row] = histogram;
    }
    histogram.recordValue(Math.min(LONGEST_NS, Math.max(1, tookNs)));
  }

  /** Notes that a command was refused before it ran. */
  public void refused(int row) {
    rejected[row]++;
  }

  /** Notes that the loop is through with what a turn has brought. */
  public void turned(long tookNs) {
    turns++;
    busyNs += tookNs;
  }

  private void reset() {
    seenResets = resets.get();
    commands = 0;
    commandNs = 0;
    turns = 0;
    busyNs = 0;
    for (int i = 0; i < calls.length; i++) {
      calls[i] = 0;
      nanos[i] = 0;
      failed[i] = 0;
      rejected[i] = 0;
      latencies[i] = null;
    }
  }

  boolean current() {
    return seenResets == resets.get();
  }

  /** Returns how many commands have run on this loop. */
  public long commands() {
    return commands;
  }

  long commandNs() {
    return commandNs;
  }

  long turns() {
    return turns;
  }

  long busyNs() {
    return busyNs;
  }

  long calls(int row) {
    return calls[row];
  }

  long nanos(int row) {
    return nanos[row];
  }

  long failed(int row) {
    return failed[row];
  }

  long rejected(int row) {
    return rejected[row];
  }

  @Nullable Histogram latency(int row) {
    return latencies[row];
  }
}
