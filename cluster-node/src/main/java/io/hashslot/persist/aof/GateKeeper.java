package io.hashslot.persist.aof;

import io.hashslot.journal.Journal;
import io.hashslot.session.ReplyGate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whose replies wait at the gate: all, until what they tell of is synced, if that is the
 * policy; all, while the disk does not keep up with what clients write, since what it has not taken
 * yet stands in memory; or nobody's.
 */
final class GateKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(GateKeeper.class);

  private enum HoldsBack {
    NOBODY,
    UNSYNCED,
    LAGGING
  }

  private final ReplyGate.Policy gate;
  private final Journal journal;
  private final AofWriter writer;
  private final AofSettings settings;
  private int settling;
  private volatile HoldsBack holdsBack = HoldsBack.NOBODY;

  GateKeeper(ReplyGate gate, Journal journal, AofWriter writer, AofSettings settings) {
    this.gate = gate.policy();
    this.journal = journal;
    this.writer = writer;
    this.settings = settings;
  }

  /** A promise is still being kept: until then replies wait for what they wait for now. */
  synchronized void settle() {
    settling++;
  }

  /** It has been kept, or cannot be. */
  synchronized void settled() {
    settling--;
  }

  /**
   * Decides anew.
   *
   * @param unsynced whether replies wait for the sync
   * @param mayLag whether they wait while the file is too far behind
   * @param durable the position that is synced
   */
  synchronized void judge(boolean unsynced, boolean mayLag, long durable) {
    if (settling > 0) {
      return;
    }
    HoldsBack now =
        unsynced
            ? HoldsBack.UNSYNCED
            : mayLag && tooFarBehind() ? HoldsBack.LAGGING : HoldsBack.NOBODY;
    if (now == holdsBack) {
      return;
    }
    holdsBack = now;
    switch (now) {
      case NOBODY -> gate.open();
      case UNSYNCED -> gate.close(journal::written, durable);
      case LAGGING -> {
        long behind = writer.bufferedBytes();
        LOG.warn(
            "The disk does not keep up with the append-only file: {} bytes wait to be written, and"
                + " clients are held back (aof-lag-limit)",
            behind);
        gate.close(journal::written, journal.written() - behind + settings.lagLimit());
      }
    }
  }

  /** While nothing can be written at all, writes are refused, and nobody must wait. */
  private boolean tooFarBehind() {
    long limit = settings.lagLimit();
    long enough = holdsBack == HoldsBack.LAGGING ? limit / 2 : limit;
    return limit > 0 && writer.healthy() && writer.bufferedBytes() > enough;
  }

  /** So much of what was executed is in the file. Any thread. */
  void written(long position) {
    if (holdsBack == HoldsBack.LAGGING) {
      reached(position);
    }
  }

  private synchronized void reached(long position) {
    if (holdsBack == HoldsBack.LAGGING) {
      gate.reached(position + settings.lagLimit());
    }
  }

  /** So much of what was executed is as safe as the policy asks for. Any thread. */
  synchronized void safe(long position) {
    if (holdsBack == HoldsBack.UNSYNCED) {
      gate.reached(position);
    }
  }
}
