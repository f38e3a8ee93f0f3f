package io.hashslot.sim;

import java.util.PriorityQueue;

/**
 * Virtual time, and what is to happen in it. Events at the same moment run in the order in which
 * they were planned, so a run depends on nothing but what was planned.
 */
public final class EventQueue {
  private record Event(long atUs, long sequence, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return atUs != other.atUs
          ? Long.compare(atUs, other.atUs)
          : Long.compare(sequence, other.sequence);
    }
  }

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long nowUs;
  private long planned;

  /** Microseconds since the simulation began. */
  public long nowUs() {
    return nowUs;
  }

  /** Milliseconds since the simulation began. */
  public long nowMs() {
    return nowUs / 1000;
  }

  /** Plans an action; a negative delay counts as none. */
  public void after(long delayUs, Runnable action) {
    events.add(new Event(nowUs + Math.max(0, delayUs), planned++, action));
  }

  /** Runs all that happens in the next {@code durationUs}; time stands at its end afterwards. */
  public void runFor(long durationUs) {
    long endUs = nowUs + durationUs;
    while (true) {
      Event next = events.peek();
      if (next == null || next.atUs() > endUs) break;
      events.remove();
      nowUs = next.atUs();
      next.action().run();
    }
    nowUs = endUs;
  }
}
