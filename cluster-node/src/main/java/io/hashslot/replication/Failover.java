package io.hashslot.replication;

import io.hashslot.dispatch.NodeState;
import io.hashslot.journal.Journal;
import io.hashslot.keyspace.Shards;
import io.hashslot.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the role of the primary over as {@link Handover} says: holds writes back, changes the role,
 * takes it back if the successor refuses. Who asks holds all shards; the rest is the replication
 * loop's. Locks: shards first, then this object.
 */
public final class Failover implements Successor {
  private static final Logger LOG = LoggerFactory.getLogger(Failover.class);

  private final Handover handover = new Handover();
  private final Journal journal;
  private final NodeState state;
  private final Shards shards;
  private final ReplicationSettings settings;
  private final Clock clock;
  private final Replicas replicas;
  private @Nullable Roles roles;

  Failover(Replication.Parts parts, Replicas replicas) {
    journal = parts.journal();
    state = parts.state();
    shards = parts.keyspace().shards();
    settings = parts.settings();
    clock = parts.clock();
    this.replicas = replicas;
  }

  /** Whose role is handed over. Once, before anything else. */
  void roles(Roles whose) {
    roles = whose;
  }

  private Roles roles() {
    Roles mine = roles;
    if (mine == null) {
      throw new IllegalStateException("no role yet");
    }
    return mine;
  }

  /** Whether a failover is under way. Any thread. */
  public boolean underway() {
    return handover.state() != Handover.State.NONE;
  }

  /** Whether one is under way that is bounded in time: the stream has to stand still then. */
  synchronized boolean timed() {
    return handover.timed();
  }

  /** How far it is, as INFO shows it. Any thread. */
  String stateText() {
    return handover.state().text();
  }

  /**
   * Begins, if nothing speaks against it. The caller holds all shards.
   *
   * @param target replica that shall take over, null: whichever is in step first
   * @param timeoutMs how long to wait until it is in step, 0: without end
   * @param force whether it takes over after that time in any case
   * @return why not, in the words of an error reply without its code, null if it has begun
   */
  public synchronized @Nullable String begin(
      @Nullable PrimaryEndpoint target, long timeoutMs, boolean force) {
    if (underway()) {
      return "FAILOVER already in progress.";
    }
    if (roles().isReplica()) {
      return "FAILOVER is not valid when server is a replica.";
    }
    if (replicas.isEmpty()) {
      return "FAILOVER requires connected replicas.";
    }
    if (force && (timeoutMs == 0 || target == null)) {
      return "FAILOVER with force option requires both a timeout and target HOST and IP.";
    }
    if (target != null) {
      Replica chosen = replicas.find(target);
      if (chosen == null) {
        return "FAILOVER target HOST and PORT is not a replica.";
      }
      if (!chosen.online()) {
        return "FAILOVER target replica is not online.";
      }
    }
    LOG.info("Failover to {}", target == null ? "any replica" : target.address());
    handover.begin(new Handover.Order(target, timeoutMs, force), nowMs());
    state.pauseForFailover(Long.MAX_VALUE);
    return null;
  }

  /**
   * Gives up. The caller holds all shards.
   *
   * @return false if there is nothing to give up
   */
  public synchronized boolean abort() {
    if (!underway()) {
      return false;
    }
    perform(handover.giveUp("aborted by hand"));
    return true;
  }

  /** Goes on if it can; several times a second on the replication loop. */
  void tick() {
    Handover.Step step;
    synchronized (this) {
      step = handover.tick(nowMs(), journal.end(), candidates());
    }
    if (step == null) {
      return;
    }
    shards.enterSlow(shards.all());
    try {
      perform(step);
    } finally {
      shards.leave(shards.all());
    }
  }

  private synchronized void perform(Handover.Step step) {
    switch (step) {
      case Handover.Step.Follow follow -> {
        if (handover.confirm(follow, journal.end(), candidates())) {
          PrimaryEndpoint successor = follow.successor();
          LOG.info("Failover: {} takes over", successor.address());
          settings.remember(successor);
          roles().handOverUnderLocks(successor, this);
        }
      }
      case Handover.Step.GiveUp(String reason, boolean followed) -> {
        LOG.warn("Failover is given up: {}", reason);
        if (followed) {
          settings.remember(null);
          roles().leadUnderLocks();
        }
        state.endFailoverPause();
      }
    }
  }

  @Override
  public synchronized void accepted() {
    LOG.info("Failover done");
    handover.succeeded();
    state.endFailoverPause();
  }

  @Override
  public void refused(String reason) {
    shards.enterSlow(shards.all());
    try {
      synchronized (this) {
        if (handover.state() == Handover.State.IN_PROGRESS) {
          perform(handover.giveUp("the successor does not take over: " + reason));
        }
      }
    } finally {
      shards.leave(shards.all());
    }
  }

  private List<Handover.Candidate> candidates() {
    return replicas.all().stream()
        .filter(Replica::online)
        .map(
            one ->
                new Handover.Candidate(
                    new PrimaryEndpoint(one.ip(), one.port()), one.acknowledgedOffset()))
        .toList();
  }

  private long nowMs() {
    return clock.monotonicNs() / 1_000_000;
  }
}
