package io.hashslot.replication;

import io.hashslot.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * What a replica knows and promises with regard to who comes after its primary: the rule by which
 * writes are acknowledged, whether it has been in step with this primary, and until when it has
 * promised not to acknowledge anything to it.
 *
 * <p>The promise is a fence: whoever sets it and reads the offset after that knows that nothing
 * beyond that offset will be acknowledged until it ends. For an acknowledgement reads its offset
 * first and looks for the fence then: if it sees none, the offset was read before the fence stood,
 * and offsets only grow.
 *
 * <p>Any thread.
 */
public final class Succession {
  private final Clock clock;
  private volatile @Nullable AckRule rule;
  private volatile @Nullable AckRule ruleBefore;
  private volatile boolean inStep;
  private volatile boolean forsaken;
  private volatile boolean fence;
  private volatile long fencedUntilNs;
  private volatile @Nullable PrimaryEndpoint primary;

  /** The primary that nothing is acknowledged to. */
  private volatile @Nullable PrimaryEndpoint fencedFrom;

  Succession(Clock clock) {
    this.clock = clock;
  }

  /** The rule that the stream has told last; null if it has told none. */
  public @Nullable AckRule rule() {
    return rule;
  }

  /**
   * The rule before it, if that may be the one that is in force: a primary tells a rule again once
   * it is in force. Null if the last one is.
   */
  public @Nullable AckRule ruleBefore() {
    return ruleBefore;
  }

  /**
   * Whether this server has been in step with its present primary, and still has what it had then.
   */
  public boolean sound() {
    return inStep;
  }

  /** Whether nothing is acknowledged now. */
  public boolean fenced() {
    return fence && clock.monotonicNs() - fencedUntilNs < 0;
  }

  /** From now on nothing is acknowledged, for so long, or until another primary is followed. */
  public void fence(long forMs) {
    long untilNs = clock.monotonicNs() + forMs * 1_000_000;
    if (!fenced() || untilNs - fencedUntilNs > 0) {
      fencedUntilNs = untilNs;
    }
    fencedFrom = primary;
    fence = true;
  }

  /**
   * Another primary is followed: what was promised concerned the one before. Late news may send
   * this server back to that one, and the promise holds then.
   */
  void follows(PrimaryEndpoint next) {
    inStep = false;
    forsaken = false;
    primary = next;
    fence = next.equals(fencedFrom);
  }

  /**
   * The primary offers to go on with a history. Tells whether it must not be followed there: it has
   * started anew then, with less than it had, and what is here may be all there is of writes that
   * it acknowledged.
   *
   * @param offered name of the primary's history; null if it has none
   * @param mine name of the history that is here
   */
  boolean refuses(@Nullable String offered, String mine) {
    AckRule now = rule;
    forsaken = inStep && now != null && now.acks() > 0 && !mine.equals(offered);
    return forsaken;
  }

  /** Whether the primary is not followed since it has started anew. */
  public boolean forsaken() {
    return forsaken;
  }

  /** The primary may be followed wherever it goes: what is here counts no more. */
  public void accept() {
    inStep = false;
    forsaken = false;
  }

  /** The stream of the primary begins, at a position that the data has. */
  void inStep() {
    inStep = true;
    forsaken = false;
  }

  /** The data is dropped, and what the stream has told with it. */
  void dataGoes() {
    accept();
    rule = null;
    ruleBefore = null;
  }

  void rule(AckRule told) {
    AckRule last = rule;
    // A promise that is given up is so at once, and one after none was given needs nobody of it.
    boolean settled = last == null || last.acks() == 0 || told.acks() == 0 || told.equals(last);
    ruleBefore = settled ? null : last;
    rule = told;
  }

  /** Whether the primary wants to hear of everything as soon as it is processed. */
  boolean acknowledgesAtOnce() {
    AckRule now = rule;
    return now != null && now.acks() > 0;
  }
}
