package io.hashslot.replication;

import io.hashslot.dispatch.NodeState;
import io.hashslot.journal.Journal;
import io.hashslot.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What replication does once a second: counts good replicas, lets go of those that are silent or
 * too far behind, sends signs of life, frees a backlog that nobody has needed for long. On the
 * replication loop, but for {@link #countGood}.
 */
final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final long SECOND_NS = 1_000_000_000L;

  private final Journal journal;
  private final NodeState state;
  private final ReplicationSettings settings;
  private final Clock clock;
  private final Replicas replicas;
  private final PromisedPositions promised;
  private final StreamSignals signals;
  private final Failover failover;
  private final WriteAcks acks;
  private long lastPingNs;
  private long withoutReplicasSinceNs;

  Housekeeping(
      Replication.Parts parts,
      Replicas replicas,
      PromisedPositions promised,
      StreamSignals signals,
      Failover failover,
      WriteAcks acks) {
    this.acks = acks;
    journal = parts.journal();
    state = parts.state();
    settings = parts.settings();
    clock = parts.clock();
    this.replicas = replicas;
    this.promised = promised;
    this.signals = signals;
    this.failover = failover;
    withoutReplicasSinceNs = clock.monotonicNs();
    lastPingNs = withoutReplicasSinceNs;
  }

  /** The time without replicas counts from a promotion on. */
  void promoted() {
    withoutReplicasSinceNs = clock.monotonicNs();
  }

  /**
   * Looks whether there are as many good replicas as {@code min-replicas-to-write} and {@code
   * cluster-write-acks} ask for; also whenever one comes or goes. Any thread.
   */
  void countGood() {
    int wanted = settings.minReplicas();
    long lagSeconds = settings.minReplicasMaxLagSeconds();
    state.enoughReplicas(
        wanted == 0 || lagSeconds == 0 || replicas.good(lagSeconds, clock.monotonicNs()) >= wanted);
    acks.replicasChanged();
  }

  /** The work of every second, in either role. */
  void everySecond(Roles roles, long nowNs) {
    if (journal.backlog().bytes() != settings.backlogBytes()) {
      journal.backlog().bytes(settings.backlogBytes());
    }
    countGood();
    if (!replicas.isEmpty()) {
      withoutReplicasSinceNs = nowNs;
    }
    replicas.all().forEach(replica -> supervise(replica, nowNs));
    promised.tick(nowNs);
    if (!roles.isReplica()) {
      lead(roles, nowNs);
    }
  }

  private void lead(Roles roles, long nowNs) {
    boolean due = nowNs - lastPingNs >= settings.pingPeriodSeconds() * SECOND_NS;
    if (due && !replicas.isEmpty() && !failover.timed()) {
      lastPingNs = nowNs;
      signals.ping();
    }
    long ttlNs = settings.backlogTtlSeconds() * SECOND_NS;
    if (ttlNs > 0 && journal.backlog().isOpen() && nowNs - withoutReplicasSinceNs > ttlNs) {
      LOG.info("No replicas for {} s: the backlog is freed", settings.backlogTtlSeconds());
      journal.backlog().close();
      roles.beginHistory();
    }
  }

  /** Lets go of a replica that is silent or too far behind. */
  private void supervise(Replica replica, long nowNs) {
    long patienceNs = settings.timeoutSeconds() * SECOND_NS;
    if (replica.online()
        && !replica.plainSync()
        && nowNs - replica.acknowledgedAtNs() > patienceNs) {
      replica.disconnect("it has not acknowledged anything for too long");
    } else if (replica.behindBytes() + replica.unsentBytes() > settings.outputHardLimitBytes()) {
      // The journal's own limit is the one of the time when the replica came.
      replica.disconnect("it is too far behind");
    } else if (replica.overSoftLimit(
        settings.outputSoftLimitBytes(), settings.outputSoftSeconds(), nowNs)) {
      replica.disconnect("it has been too far behind for too long");
    }
    replica.wake(); // whatever was missed
  }
}
