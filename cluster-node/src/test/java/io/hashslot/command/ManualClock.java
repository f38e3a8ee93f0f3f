package io.hashslot.command;

import io.hashslot.time.Clock;

/** A clock that stands still until a test moves it. Begins on 2001-09-09, at a round second. */
public final class ManualClock implements Clock {
  /** What {@link #wallMs} says at first. */
  public static final long START_MS = 1_000_000_000_000L;

  private volatile long passedNs = 1_000_000_000;

  /** Moves the clock. */
  public void advanceMs(long ms) {
    passedNs += ms * 1_000_000;
  }

  @Override
  public long wallMs() {
    return START_MS + (passedNs - 1_000_000_000) / 1_000_000;
  }

  @Override
  public long wallUs() {
    return wallMs() * 1000;
  }

  @Override
  public long monotonicNs() {
    return passedNs;
  }
}
