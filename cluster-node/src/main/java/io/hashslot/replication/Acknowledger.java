package io.hashslot.replication;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the primary how far this replica is: when asked, once more when that is on disk, from time
 * to time, and after each piece of the stream if writes wait for that; unless it has promised to
 * say nothing. On the replication loop.
 */
final class Acknowledger implements PrimaryStream.Acknowledgements {
  private final Supplier<@Nullable PrimaryLink> link;
  private final LongSupplier durable;
  private final Succession succession;
  private long last = -1;

  /** The primary was told that so much is here, but not that it is on disk; -1: nothing. */
  private volatile long askedFor = -1;

  /**
   * @param durable up to where everything is on disk; -1 without append-only file
   */
  Acknowledger(Supplier<@Nullable PrimaryLink> link, LongSupplier durable, Succession succession) {
    this.link = link;
    this.durable = durable;
    this.succession = succession;
  }

  /** Says it, if it may be said. */
  void say(long offset) {
    PrimaryLink current = link.get();
    // The offset was read before: what is said is not more than what a fence has found.
    if (current != null && !succession.fenced()) {
      last = offset;
      current.acknowledge(offset, durable.getAsLong());
    }
  }

  @Override
  public void asked(long processedOffset) {
    long onDisk = durable.getAsLong();
    askedFor = onDisk >= 0 && onDisk < processedOffset ? processedOffset : -1;
    say(processedOffset);
  }

  /** Whether by now that is on disk which the primary has asked for last. Any thread. */
  boolean owesDurable() {
    long offset = askedFor;
    return offset >= 0 && durable.getAsLong() >= offset;
  }

  /** Says that it is. */
  void sayDurable(long offset) {
    if (owesDurable()) {
      askedFor = -1;
      say(offset);
    }
  }

  @Override
  public void processed(long processedOffset) {
    if (succession.acknowledgesAtOnce() && processedOffset != last) {
      say(processedOffset);
    }
  }

  @Override
  public void rule(AckRule rule) {
    succession.rule(rule);
  }
}
