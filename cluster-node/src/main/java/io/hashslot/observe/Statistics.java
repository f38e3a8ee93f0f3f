package io.hashslot.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/** Statistics of the whole node: the sum of its loops, and errors by their code. */
public final class Statistics {
  /** Distinct error codes that are counted; as in Redis, so that a client cannot fill memory. */
  private static final int MOST_ERROR_CODES = 128;

  private final List<CommandStatistics> loops = new CopyOnWriteArrayList<>();
  private final AtomicLong resets = new AtomicLong();
  private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
  private final LongAdder errorReplies = new LongAdder();
  private final LongAdder protocolErrors = new LongAdder();
  private final LongAdder evictedClients = new LongAdder();
  private final LongAdder tooMuchInput = new LongAdder();
  private final LongAdder tooMuchOutput = new LongAdder();
  private final LongAdder refusedLogins = new LongAdder();
  private volatile boolean latencyTracking = true;
  private int rows;

  /** Makes the statistics of a table that is not known yet; {@link #rows} follows. */
  public Statistics() {}

  /** Makes the statistics for a table of so many rows. */
  public Statistics(int rows) {
    this.rows = rows;
  }

  /** Says how many rows the table of commands has; before the first loop asks for its part. */
  public void rows(int count) {
    rows = count;
  }

  /**
   * One row's figures.
   *
   * @param calls how often it ran
   * @param nanos how long in all
   * @param failed how often it ended in an error
   * @param rejected how often it was refused before it ran
   */
  public record Row(long calls, long nanos, long failed, long rejected) {}

  /** Makes the part of a loop. */
  public CommandStatistics forLoop() {
    CommandStatistics part = new CommandStatistics(rows, resets, this::latencyTracking);
    loops.add(part);
    return part;
  }

  /** Tells whether the times of each command are kept. */
  public boolean latencyTracking() {
    return latencyTracking;
  }

  /** Sets {@code latency-tracking}. */
  public void latencyTracking(boolean on) {
    latencyTracking = on;
  }

  /** Notes an error reply, such as {@code WRONGTYPE Operation…}. */
  public void error(String reply) {
    errorReplies.increment();
    int end = reply.indexOf(' ');
    String code = end < 0 ? reply : reply.substring(0, end);
    LongAdder counter = errors.get(code);
    if (counter == null) {
      if (errors.size() >= MOST_ERROR_CODES) {
        return;
      }
      counter = errors.computeIfAbsent(code, _ -> new LongAdder());
    }
    counter.increment();
  }

  /** Notes a client that was disconnected to make room. */
  public void evictedClient() {
    evictedClients.increment();
  }

  /** Returns how many clients were disconnected to make room. */
  public long evictedClients() {
    return evictedClients.sum();
  }

  /** Notes a client that was disconnected because too much of its input waited. */
  public void tooMuchInput() {
    tooMuchInput.increment();
  }

  /** Returns how many clients were disconnected because too much of their input waited. */
  public long clientsWithTooMuchInput() {
    return tooMuchInput.sum();
  }

  /** Notes a client that was disconnected because it did not take its output. */
  public void tooMuchOutput() {
    tooMuchOutput.increment();
  }

  /** Returns how many clients were disconnected because they did not take their output. */
  public long clientsWithTooMuchOutput() {
    return tooMuchOutput.sum();
  }

  /** Notes a wrong name or password. */
  public void refusedLogin() {
    refusedLogins.increment();
  }

  /** Returns how often a name or password was wrong. */
  public long refusedLogins() {
    return refusedLogins.sum();
  }

  /** Returns what the loops have done between waiting and waiting. */
  public LoopWork loopWork() {
    long turns = 0;
    long busyNs = 0;
    long commandNs = 0;
    for (CommandStatistics loop : loops) {
      if (loop.current()) {
        turns += loop.turns();
        busyNs += loop.busyNs();
        commandNs += loop.commandNs();
      }
    }
    return new LoopWork(turns, busyNs, commandNs);
  }

  /**
   * What all loops have done.
   *
   * @param turns how often one had requests to work on
   * @param busyNs how long that took in all
   * @param commandNs how much of that the commands took
   */
  public record LoopWork(long turns, long busyNs, long commandNs) {}

  /** Notes input that was not RESP. */
  public void protocolError() {
    protocolErrors.increment();
  }

  /** Returns the figures of a row. */
  public Row row(int index) {
    long calls = 0;
    long nanos = 0;
    long failed = 0;
    long rejected = 0;
    for (CommandStatistics loop : loops) {
      if (loop.current()) {
        calls += loop.calls(index);
        nanos += loop.nanos(index);
        failed += loop.failed(index);
        rejected += loop.rejected(index);
      }
    }
    return new Row(calls, nanos, failed, rejected);
  }

  /** Returns the latencies of a row in nanoseconds; empty if it never ran. */
  public Histogram latency(int index) {
    Histogram sum = new Histogram(1, 1_000_000_000, 2);
    for (CommandStatistics loop : loops) {
      Histogram part = loop.current() ? loop.latency(index) : null;
      if (part != null) {
        sum.add(part.copy());
      }
    }
    return sum;
  }

  /** Returns how many commands have run. */
  public long commands() {
    long sum = 0;
    for (CommandStatistics loop : loops) {
      sum += loop.current() ? loop.commands() : 0;
    }
    return sum;
  }

  /** Returns the error codes seen, and how often. */
  public Map<String, LongAdder> errors() {
    return errors;
  }

  /** Returns how many error replies were given. */
  public long errorReplies() {
    return errorReplies.sum();
  }

  /** Returns how often input was not RESP. */
  public long protocolErrors() {
    return protocolErrors.sum();
  }

  /** Starts all counters anew ({@code CONFIG RESETSTAT}). */
  public void reset() {
    resets.incrementAndGet();
    errors.clear();
    errorReplies.reset();
    protocolErrors.reset();
    evictedClients.reset();
    tooMuchInput.reset();
    tooMuchOutput.reset();
  }

  List<CommandStatistics> loops() {
    return new ArrayList<>(loops);
  }
}
