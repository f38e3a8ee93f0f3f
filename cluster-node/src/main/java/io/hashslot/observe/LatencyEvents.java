package io.hashslot.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What took longer than {@code latency-monitor-threshold}, by kind of event: the last 160 times of
 * each, one a second at most, and the worst ever. Kept as Redis keeps them.
 */
public final class LatencyEvents {
  /** A command that is not marked as fast. */
  public static final String COMMAND = "command";

  /** A command that is marked as fast. */
  public static final String FAST_COMMAND = "fast-command";

  /** One search for keys whose time has come. */
  public static final String EXPIRE_CYCLE = "expire-cycle";

  /** One run of making room for new data. */
  public static final String EVICTION_CYCLE = "eviction-cycle";

  private static final int MOST_SAMPLES = 160;

  /**
   * One time.
   *
   * @param atSeconds when, in Unix seconds
   * @param tookMs how long it took
   */
  public record Sample(long atSeconds, long tookMs) {}

  /**
   * The times of one kind of event.
   *
   * @param samples oldest first
   * @param worstMs the longest time since the last reset
   */
  public record Series(List<Sample> samples, long worstMs) {
    /** Returns the last time. */
    public Sample latest() {
      return samples.getLast();
    }
  }

  private final SortedMap<String, Series> byEvent = new TreeMap<>();
  private volatile long thresholdMs;

  /** Sets {@code latency-monitor-threshold}; 0 turns the recording off. */
  public void thresholdMs(long ms) {
    thresholdMs = ms;
  }

  /** Tells whether events are recorded. */
  public boolean enabled() {
    return thresholdMs > 0;
  }

  /** Notes an event, if it took long enough. */
  public void took(String event, long tookMs, long nowMs) {
    long threshold = thresholdMs;
    if (threshold > 0 && tookMs >= threshold) {
      add(event, new Sample(nowMs / 1000, tookMs));
    }
  }

  private synchronized void add(String event, Sample sample) {
    Series old = byEvent.get(event);
    List<Sample> samples = old == null ? new ArrayList<>() : new ArrayList<>(old.samples);
    if (!samples.isEmpty() && samples.getLast().atSeconds == sample.atSeconds) {
      Sample same = samples.removeLast();
      samples.add(new Sample(same.atSeconds, Math.max(same.tookMs, sample.tookMs)));
    } else {
      samples.add(sample);
      if (samples.size() > MOST_SAMPLES) {
        samples.removeFirst();
      }
    }
    long worst = old == null ? sample.tookMs : Math.max(old.worstMs, sample.tookMs);
    byEvent.put(event, new Series(List.copyOf(samples), worst));
  }

  /** Returns all events that have happened, by name. */
  public synchronized SortedMap<String, Series> all() {
    return new TreeMap<>(byEvent);
  }

  /** Forgets an event; tells whether there was one. */
  public synchronized boolean forget(String event) {
    return byEvent.remove(event) != null;
  }

  /** Forgets all events and tells how many there were. */
  public synchronized int forgetAll() {
    int count = byEvent.size();
    byEvent.clear();
    return count;
  }
}
