package io.hashslot.replication;

import io.hashslot.journal.Journal;
import io.hashslot.journal.JournalReader;
import io.hashslot.journal.ReplicationHistory;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what a new replica gets: the rest of the stream, or everything. Counts both; any thread
 * may read the counts.
 */
public final class Admission {
  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

  private final Journal journal;
  private final ReplicationSettings settings;
  private final FullSyncs fullSyncs;
  private final PromisedPositions promised;
  private final AtomicLong full = new AtomicLong();
  private final AtomicLong partial = new AtomicLong();
  private final AtomicLong refusedPartial = new AtomicLong();

  Admission(
      Journal journal,
      ReplicationSettings settings,
      FullSyncs fullSyncs,
      PromisedPositions promised) {
    this.journal = journal;
    this.settings = settings;
    this.fullSyncs = fullSyncs;
    this.promised = promised;
  }

  /** Full synchronisations that replicas got or were promised; INFO's {@code sync_full}. */
  public long full() {
    return full.get();
  }

  /** Replicas that could continue where they were; {@code sync_partial_ok}. */
  public long partial() {
    return partial.get();
  }

  /** Replicas that asked to continue and could not; {@code sync_partial_err}. */
  public long refusedPartial() {
    return refusedPartial.get();
  }

  /**
   * Whether a replica that asks for this shall fetch a snapshot over a second connection instead,
   * and then ask again. Counts as a refusal. Any loop.
   */
  boolean redirects(
      ReplicaProfile profile, ReplicationHistory history, String askedId, long askedOffset) {
    if (!profile.understandsDualChannel()
        || !settings.dualChannel()
        || !settings.disklessSync()
        || PartialSync.position(history, journal, askedId, askedOffset) != PartialSync.FULL) {
      return false;
    }
    if (!askedId.equals("?")) {
      refusedPartial.incrementAndGet();
    }
    return true;
  }

  /** Lets a replica continue, or puts it in line for a snapshot. On the replication loop. */
  void admit(Replica replica, ReplicationHistory history, String askedId, long askedOffset) {
    if (!replica.plainSync() && resume(replica, history, askedId, askedOffset)) {
      partial.incrementAndGet();
      return;
    }
    if (!replica.plainSync() && !askedId.equals("?")) {
      refusedPartial.incrementAndGet();
    }
    full.incrementAndGet();
    LOG.info(
        "Replica {}:{} needs a full synchronisation: it asked for {} from {}",
        replica.ip(),
        replica.port(),
        askedId,
        askedOffset);
    fullSyncs.add(replica);
  }

  private boolean resume(
      Replica replica, ReplicationHistory history, String askedId, long askedOffset) {
    long position = PartialSync.position(history, journal, askedId, askedOffset);
    if (position == PartialSync.FULL) {
      return false;
    }
    JournalReader reader =
        journal.openReader(position, settings.outputHardLimitBytes(), replica::wake);
    if (reader == null) {
      return false;
    }
    LOG.info("Replica {}:{} continues from offset {}", replica.ip(), replica.port(), position);
    replica.streamFrom(reader);
    replica.send(
        replica.profile().understandsPsync2()
            ? "+CONTINUE " + history.id() + "\r\n"
            : "+CONTINUE\r\n");
    if (promised.kept(replica.profile().snapshotClient())) {
      replica.goOnInBackground();
    } else {
      replica.goOnline();
    }
    return true;
  }
}
