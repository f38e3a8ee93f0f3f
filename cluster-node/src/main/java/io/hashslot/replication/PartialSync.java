package io.hashslot.replication;

import io.hashslot.journal.Journal;
import io.hashslot.journal.ReplicationHistory;

/** Decides whether a replica can continue where it was. */
final class PartialSync {
  /** Answer for "no, everything". */
  static final long FULL = -1;

  private PartialSync() {}

  /**
   * Where in the journal the replica continues.
   *
   * @param askedOffset first byte wanted, counted from 1
   * @return the position to read from, or {@link #FULL}
   */
  static long position(
      ReplicationHistory history, Journal journal, String askedId, long askedOffset) {
    if (!journal.backlog().isOpen() || askedOffset < 1 || !history.shares(askedId, askedOffset)) {
      return FULL;
    }
    long position = askedOffset - 1;
    return position >= journal.first() && position <= journal.end() ? position : FULL;
  }
}
