package io.hashslot.node;

import io.hashslot.cluster.MigrationLinks;
import io.hashslot.dispatch.Environment;
import io.hashslot.dispatch.MovedWaiters;
import io.hashslot.dispatch.NodeState;
import io.hashslot.journal.Journal;
import io.hashslot.keyspace.ActiveExpiry;
import io.hashslot.keyspace.DebrisCollector;
import io.hashslot.keyspace.OwnExpiries;
import io.hashslot.observe.LatencyEvents;
import io.hashslot.observe.Rates;
import io.hashslot.session.Loop;
import io.hashslot.time.Clock;
import java.util.function.IntSupplier;

/**
 * The work that comes round by itself, on one of the loops, between the requests of its clients:
 * expiry, memory that flushes left behind, statistics, clients that are idle or take too much, idle
 * links.
 */
final class Chores {
  /** How often the chores come round, expiry apart. */
  private static final int ROUND_MS = 100;

  /** While there is memory to free, a quarter of the loop's time goes into it. */
  private static final long COLLECT_NS = 1_000_000;

  private static final long COLLECT_EVERY_MS = 4;

  /** How often the fast cycle of expiry is offered while the slow one does not keep up. */
  private static final long FAST_CYCLE_EVERY_MS = 2;

  private static final long EVICT_EVERY_MS = 10;

  private final NodeState state;
  private final ActiveExpiry expiry;
  private final OwnExpiries ownExpiries;
  private final DebrisCollector debris;
  private final IntSupplier hz;
  private final IdleClients idleClients;
  private final MovedWaiters movedWaiters;
  private final ClientEviction clients;
  private final Rates rates;
  private final Journal journal;
  private final MigrationLinks migrations;
  private final Runnable makeRoom;
  private final Runnable rewriteFiles;
  private final LatencyEvents latency;
  private final Clock clock;
  private boolean collecting;
  private boolean evicting;
  private boolean expiring;

  Chores(
      Environment environment,
      ActiveExpiry expiry,
      IntSupplier hz,
      IdleClients idleClients,
      MovedWaiters movedWaiters,
      ClientEviction clients,
      Rates rates,
      MigrationLinks migrations,
      Runnable makeRoom,
      Runnable rewriteFiles) {
    this.expiry = expiry;
    this.hz = hz;
    this.idleClients = idleClients;
    this.movedWaiters = movedWaiters;
    this.clients = clients;
    this.rates = rates;
    this.migrations = migrations;
    this.makeRoom = makeRoom;
    this.rewriteFiles = rewriteFiles;
    state = environment.state();
    journal = environment.journal();
    latency = environment.latency();
    clock = environment.clock();
    ownExpiries = environment.keyspace().ownExpiries();
    debris = new DebrisCollector(environment.keyspace(), clock);
  }

  /** Begins; all chores run on the given loop from now on. */
  void begin(Loop loop) {
    loop.execute(() -> comeRound(loop));
    loop.execute(() -> expire(loop));
  }

  private void comeRound(Loop loop) {
    long nowMs = clock.wallMs();
    state.endPauseAt(nowMs);
    if (!state.choresPaused()) {
      work(loop, nowMs);
    }
    journal.signal();
    var unused = loop.schedule(() -> comeRound(loop), ROUND_MS);
  }

  private void work(Loop loop, long nowMs) {
    if (!collecting) {
      collect(loop);
    }
    idleClients.sweep(nowMs);
    movedWaiters.sweep();
    clients.sweep();
    makeRoom.run();
    if (clients.limited() && !evicting) {
      evictClients(loop);
    }
    migrations.closeIdle();
    rewriteFiles.run();
    rates.sample(clock.monotonicNs());
  }

  /** The slow cycle of expiry has a rhythm of its own, which can be set. */
  private void expire(Loop loop) {
    int perSecond = hz.getAsInt();
    if (mayExpire(clock.wallMs())) {
      long fromNs = clock.monotonicNs();
      expiry.slowCycle(perSecond);
      long tookMs = (clock.monotonicNs() - fromNs) / 1_000_000;
      latency.took(LatencyEvents.EXPIRE_CYCLE, tookMs, clock.wallMs());
      if (!expiring) {
        expireFast(loop);
      }
      journal.signal();
    } else if (state.writableReplica()) {
      if (state.activeExpiry() && !state.choresPaused() && !state.loading()) {
        expiry.cycleOfReplica();
      }
    } else {
      ownExpiries.clear();
    }
    var unused = loop.schedule(() -> expire(loop), 1000 / perSecond);
  }

  private boolean mayExpire(long nowMs) {
    return state.activeExpiry()
        && !state.choresPaused()
        && !state.replica()
        && !state.loading()
        && !state.writesPaused(nowMs);
  }

  /** Fast cycles follow each other until the slow one keeps up by itself. */
  private void expireFast(Loop loop) {
    expiring = expiry.behind() && mayExpire(clock.wallMs());
    if (expiring) {
      expiry.fastCycle();
      journal.signal();
      var unused = loop.schedule(() -> expireFast(loop), FAST_CYCLE_EVERY_MS);
    }
  }

  /** Clients can take much in a tenth of a second: as long as there is a limit, look more often. */
  private void evictClients(Loop loop) {
    evicting = clients.limited();
    if (evicting) {
      clients.sweep();
      var unused = loop.schedule(() -> evictClients(loop), EVICT_EVERY_MS);
    }
  }

  private void collect(Loop loop) {
    collecting = debris.run(COLLECT_NS);
    if (collecting) {
      var unused = loop.schedule(() -> collect(loop), COLLECT_EVERY_MS);
    }
  }
}
