package io.hashslot.replication;

import java.util.ArrayDeque;

/**
 * How old a replica's data may be, without comparing clocks: the primary is asked for its offset,
 * and once that much of its stream has been applied, all that was written there before the question
 * was sent is here. So the age is at most the time since then, on our own monotonic clock. A pure
 * machine.
 */
final class Freshness {
  /** An age that nobody knows. */
  static final long UNKNOWN = Long.MAX_VALUE;

  /** Answers that the stream has not caught up with; more would only be of later questions. */
  private static final int MOST_OPEN = 64;

  /** Once the stream is applied up to an offset, the data is as fresh as it was at that time. */
  private record Answer(long freshAtNs, long offset) {}

  private final ArrayDeque<Answer> open = new ArrayDeque<>();
  private boolean known;
  private long freshAtNs;

  /**
   * The primary has answered.
   *
   * @param askedAtNs when the question was sent, monotonic
   * @param offset end of its stream
   * @param ageMs how old its own data may be, 0 for a server that follows nobody
   * @param applied how much of the stream is applied here
   */
  void answered(long askedAtNs, long offset, long ageMs, long applied) {
    if (open.size() < MOST_OPEN) {
      open.add(new Answer(askedAtNs - ageMs * 1_000_000, offset));
    }
    applied(applied);
  }

  /** The stream is applied up to here. */
  void applied(long offset) {
    while (!open.isEmpty() && open.getFirst().offset() <= offset) {
      long at = open.removeFirst().freshAtNs();
      if (!known || at - freshAtNs > 0) {
        freshAtNs = at;
        known = true;
      }
    }
  }

  /** The data is another's now: nothing is known of its age. */
  void forget() {
    open.clear();
    known = false;
  }

  /** Whether anything is known. */
  boolean known() {
    return known;
  }

  /** Monotonic time at which the data was the primary's, if {@link #known}. */
  long freshAtNs() {
    return freshAtNs;
  }
}
