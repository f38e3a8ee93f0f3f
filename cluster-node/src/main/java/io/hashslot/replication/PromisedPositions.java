package io.hashslot.replication;

import io.hashslot.journal.JournalReader;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Positions in the journal from which replicas will continue whose snapshot travels on a connection
 * of its own: what was written since the snapshot's cut stays in the journal until the replica's
 * main channel has come for it. Each is known by the number of the snapshot's connection.
 *
 * <p>A promise ends when it was kept, when the snapshot's connection has been gone for a minute, or
 * when more was written meanwhile than a replica may be behind.
 */
final class PromisedPositions {
  private static final Logger LOG = LoggerFactory.getLogger(PromisedPositions.class);

  /** As long as Valkey 8.0 waits for the main channel. */
  private static final long PATIENCE_NS = 60_000_000_000L;

  private static final long STILL_THERE = Long.MIN_VALUE;

  /** One promise. */
  private static final class Promise {
    final Replica replica;
    final JournalReader reader;

    /** Monotonic time when the connection was first seen to be gone; the replication loop's. */
    long goneSinceNs = STILL_THERE;

    Promise(Replica replica, JournalReader reader) {
      this.replica = replica;
      this.reader = reader;
    }
  }

  private final Map<Long, Promise> promises = new ConcurrentHashMap<>();

  /** Keeps the bytes from where {@code reader} stands, and closes it later. */
  void promise(Replica snapshotConnection, JournalReader reader) {
    promises.put(snapshotConnection.id(), new Promise(snapshotConnection, reader));
  }

  /** Whether something is promised to who has this snapshot connection. Any thread. */
  boolean known(long id) {
    return promises.containsKey(id);
  }

  /** How many main channels are still to come. Any thread. */
  int size() {
    return promises.size();
  }

  /**
   * The main channel reads on its own now; returns false if nothing was promised to it. Any thread.
   */
  boolean kept(long id) {
    Promise promise = promises.remove(id);
    if (promise == null) {
      return false;
    }
    promise.reader.close();
    return true;
  }

  /** Lets go of promises that nobody came for. */
  void tick(long nowNs) {
    for (Promise promise : promises.values()) {
      Replica replica = promise.replica;
      if (replica.gone() && promise.goneSinceNs == STILL_THERE) {
        promise.goneSinceNs = nowNs;
      }
      boolean tooLate =
          promise.goneSinceNs != STILL_THERE && nowNs - promise.goneSinceNs > PATIENCE_NS;
      if ((tooLate || promise.reader.dropped()) && kept(replica.id())) {
        LOG.warn(
            "The main channel of replica {}:{} has not come in time", replica.ip(), replica.port());
      }
    }
  }
}
