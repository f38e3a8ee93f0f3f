package io.hashslot.time;

/**
 * Two clocks that must not be confused: wall time, which people and files speak of and which may
 * jump, and monotonic time, which only measures distances.
 */
public interface Clock {

  /** Returns milliseconds since the Unix epoch; may jump either way. */
  long wallMs();

  /** Returns microseconds since the Unix epoch; may jump either way. */
  long wallUs();

  /** Returns nanoseconds since an arbitrary origin; never goes back. */
  long monotonicNs();

  /** Returns the clocks of the machine. */
  static Clock system() {
    return SystemClock.INSTANCE;
  }
}
