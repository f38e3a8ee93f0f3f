package io.hashslot.replication;

import io.hashslot.journal.Journal;
import io.hashslot.journal.JournalReader;
import java.util.ArrayList;
import java.util.List;

/**
 * The replicas that get a snapshot by way of a file. For as long as it is written, others may join:
 * all get it from the file when it is complete, and the stream from the moment it is of. The
 * replication loop lets them in, the snapshot lane says when it is too late.
 */
final class FileSync {
  private final FullSyncs.Position at;
  private final List<Replica> members;
  private boolean written;

  /** A snapshot of the moment {@code at}, whose first members need not be told of it by this. */
  FileSync(FullSyncs.Position at, List<Replica> first) {
    this.at = at;
    members = new ArrayList<>(first);
  }

  /**
   * Lets one more in, and tells it where the snapshot stands, if it comes in time and can do all
   * that one of the members can.
   *
   * @param lagLimitBytes how far it may fall behind
   */
  synchronized boolean join(Replica replica, Journal journal, long lagLimitBytes) {
    if (written || members.stream().noneMatch(one -> fits(replica, one))) {
      return false;
    }
    JournalReader reader = journal.openReader(at.offset(), lagLimitBytes, replica::wake);
    if (reader == null) {
      return false;
    }
    replica.streamFrom(reader);
    members.add(replica);
    FullSyncs.announce(replica, at);
    return true;
  }

  private static boolean fits(Replica newcomer, Replica member) {
    return !member.gone()
        && !newcomer.profile().snapshotChannel()
        && newcomer.profile().filter() == member.profile().filter()
        && newcomer.profile().understandsAllOf(member.profile());
  }

  /** Those who wait for the file. */
  synchronized List<Replica> members() {
    return List.copyOf(members);
  }

  /** The file is complete; returns who gets it. Nobody can join any more. */
  synchronized List<Replica> written() {
    written = true;
    return List.copyOf(members);
  }
}
