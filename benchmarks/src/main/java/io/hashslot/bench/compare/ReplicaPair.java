package io.hashslot.bench.compare;

import io.hashslot.bench.load.LoadFailure;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A primary and its replica, both running. Closing ends the replica. */
final class ReplicaPair implements AutoCloseable {

  private static final int POLL_MS = 10;
  private static final long LIMIT_NS = 300_000_000_000L;

  private final RunningServer primary;
  private final RunningServer replica;
  private final ServerDialogue toPrimary;
  private final ServerDialogue toReplica;
  private final Clock clock;

  /** Connects to both; they do not know of each other yet. */
  ReplicaPair(RunningServer primary, RunningServer replica, Clock clock) throws IOException {
    this.primary = primary;
    this.replica = replica;
    this.clock = clock;
    toPrimary = primary.dialogue();
    toReplica = replica.dialogue();
  }

  RunningServer replica() {
    return replica;
  }

  /**
   * Makes one the other's replica and waits until it has all data.
   *
   * @return seconds that took
   * @throws LoadFailure if it has another number of keys then
   */
  double join() throws IOException, InterruptedException {
    long fromNs = clock.monotonicNs();
    toReplica.call("REPLICAOF", "127.0.0.1", Integer.toString(primary.port()));
    awaitInStep(fromNs);
    return (clock.monotonicNs() - fromNs) / 1e9;
  }

  /**
   * Waits until the replica has applied all that the primary has written; nobody may be writing.
   *
   * @return milliseconds that took
   */
  double catchUp() throws IOException, InterruptedException {
    long fromNs = clock.monotonicNs();
    awaitInStep(fromNs);
    return (clock.monotonicNs() - fromNs) / 1e6;
  }

  private void awaitInStep(long fromNs) throws IOException, InterruptedException {
    while (!inStep()) {
      if (clock.monotonicNs() - fromNs > LIMIT_NS) {
        throw new LoadFailure(replica.name() + " does not catch up with its primary");
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
    long expected = toPrimary.number("DBSIZE");
    long found = toReplica.number("DBSIZE");
    if (found != expected) {
      throw new LoadFailure(
          "%s has %d keys, its primary %d".formatted(replica.name(), found, expected));
    }
  }

  private boolean inStep() throws IOException {
    InfoText its = toReplica.info("replication");
    return its.is("master_link_status", "up")
        && its.is("master_sync_in_progress", "0")
        && its.number("slave_repl_offset") >= writtenBytes();
  }

  /** Returns the primary's replication offset. */
  long writtenBytes() throws IOException {
    return toPrimary.info("replication").number("master_repl_offset");
  }

  /** Returns how many full synchronisations the primary has begun so far. */
  long fullSyncs() throws IOException {
    return toPrimary.info("stats").number("sync_full");
  }

  @Override
  public void close() {
    toPrimary.close();
    toReplica.close();
    replica.close();
  }
}
