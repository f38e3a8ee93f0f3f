package io.hashslot.dispatch;

import io.hashslot.keyspace.DebrisCollector;
import io.hashslot.keyspace.EvictionPolicy;
import io.hashslot.keyspace.Evictor;
import io.hashslot.keyspace.Shards;
import io.hashslot.observe.LatencyEvents;
import io.hashslot.session.Loop;
import io.hashslot.time.Clock;

/**
 * Makes room before a command is run, on the loop that runs it, if there is a limit to the memory
 * and it is exceeded. Never waits: what cannot be done in the time of one run, or because others
 * are at work in a shard, goes on in the background while commands pass.
 *
 * <p>Adding up what is used means to look at every shard, too much to do for each command. So after
 * it was done the loop notes what its own commands have added since, and does it again only when
 * they may have used up this loop's part of what was free. As each loop does so, the limit cannot
 * be passed unseen. For the same reason a run goes on a little below the limit.
 */
final class MemoryGate {
  /** Evictions between looks at the clock and at what is used. */
  private static final int STRIDE = 16;

  /** How far below the limit a run goes, at most: room for some dozen commands. */
  private static final long MOST_SLACK_BYTES = 8 * 1024;

  /** What is used is added up anew after so long, since not only commands use memory. */
  private static final long GOOD_FOR_NS = 10_000_000;

  private static final long PAUSE_MS = 1;

  private final Environment environment;
  private final MemoryLimit limit;
  private final NodeState state;
  private final Shards shards;
  private final Clock clock;
  private final Loop loop;
  private final EvictedKeys evictedKeys;
  private final Evictor evictor;
  private final DebrisCollector debris;

  /** What each shard used when this loop last looked at it. */
  private final long[] seen;

  private long allowanceBytes;
  private long measuredNs;
  private int version;
  private boolean inBackground;

  MemoryGate(Environment environment, Loop loop) {
    this.environment = environment;
    this.loop = loop;
    limit = environment.memory();
    limit.addGate();
    state = environment.state();
    clock = environment.clock();
    shards = environment.keyspace().shards();
    evictedKeys = new EvictedKeys(environment);
    evictor =
        new Evictor(environment.keyspace(), evictedKeys, clock.monotonicNs() ^ hashCode() | 1);
    debris = new DebrisCollector(environment.keyspace(), clock);
    seen = new long[shards.count()];
    measuredNs = clock.monotonicNs() - 2 * GOOD_FOR_NS;
  }

  /** Tells whether there is a limit: if not, nothing else needs to be called. */
  boolean limited() {
    return limit.limited();
  }

  /** Notes what an execution has added to the shards of a plan, whose locks are still held. */
  void ran(long plan) {
    for (long left = plan; left != 0; left &= left - 1) {
      int i = Long.numberOfTrailingZeros(left);
      long used = shards.shard(i).arena().usedBytes();
      allowanceBytes -= used - seen[i];
      seen[i] = used;
    }
  }

  /**
   * Makes room if there is too little, and judges whether commands that need more can run: {@link
   * NodeState#outOfMemory}.
   *
   * @param nowMs wall time
   * @param nowNs monotonic time
   */
  void makeRoom(long nowMs, long nowNs) {
    if (allowanceBytes > 0
        && nowNs - measuredNs < GOOD_FOR_NS
        && version == limit.version()
        && !state.outOfMemory()) {
      return;
    }
    version = limit.version();
    judge(exempt(nowMs) || free(nowMs, nowNs) != Evictor.Outcome.NOTHING_LEFT);
  }

  private void judge(boolean mayUseMore) {
    if (state.outOfMemory() == mayUseMore) {
      state.outOfMemory(!mayUseMore);
    }
  }

  private boolean exempt(long nowMs) {
    return state.loading()
        || state.writesPaused(nowMs)
        || (state.replica() && limit.spareReplica());
  }

  /** Returns EVICTED if there is room now, BUSY if there will be soon. */
  private Evictor.Outcome free(long nowMs, long nowNs) {
    measure(nowNs);
    if (allowanceBytes >= 0) {
      limit.exceeded(false, nowNs);
      return Evictor.Outcome.EVICTED;
    }
    limit.exceeded(true, nowNs);
    EvictionPolicy policy = limit.policy();
    if (policy == null) {
      return Evictor.Outcome.NOTHING_LEFT;
    }
    Evictor.Outcome outcome = run(policy, nowMs, nowNs);
    long endNs = clock.monotonicNs();
    environment.latency().took(LatencyEvents.EVICTION_CYCLE, (endNs - nowNs) / 1_000_000, nowMs);
    environment.journal().signal();
    if (outcome == Evictor.Outcome.BUSY) {
      goOnSoon();
    } else if (outcome == Evictor.Outcome.EVICTED) {
      limit.exceeded(false, endNs);
    }
    return outcome;
  }

  private Evictor.Outcome run(EvictionPolicy policy, long nowMs, long startNs) {
    long limitBytes = limit.limitBytes();
    long untilBytes = limitBytes - Math.min(MOST_SLACK_BYTES, limitBytes >> 10);
    long deadlineNs = startNs + limit.runNs();
    while (true) {
      Evictor.Outcome outcome = Evictor.Outcome.EVICTED;
      for (int i = 0; i < STRIDE && outcome == Evictor.Outcome.EVICTED; i++) {
        outcome = evictor.evictOne(policy, limit.samples(), nowMs);
      }
      long nowNs = clock.monotonicNs();
      long counted = measure(nowNs);
      if (outcome == Evictor.Outcome.NOTHING_LEFT && counted > limitBytes) {
        return reclaim(limitBytes, deadlineNs);
      }
      if (counted <= untilBytes || counted <= limitBytes && outcome != Evictor.Outcome.EVICTED) {
        return Evictor.Outcome.EVICTED;
      }
      if (outcome == Evictor.Outcome.BUSY || nowNs - deadlineNs >= 0) {
        return counted <= limitBytes ? Evictor.Outcome.EVICTED : Evictor.Outcome.BUSY;
      }
    }
  }

  /** No key may go, but what went before may not have been freed yet. */
  private Evictor.Outcome reclaim(long limitBytes, long deadlineNs) {
    while (environment.keyspace().pendingFrees() != 0) {
      debris.run(STRIDE * 1_000);
      long nowNs = clock.monotonicNs();
      if (measure(nowNs) <= limitBytes) {
        return Evictor.Outcome.EVICTED;
      }
      if (nowNs - deadlineNs >= 0) {
        return Evictor.Outcome.BUSY;
      }
    }
    return Evictor.Outcome.NOTHING_LEFT;
  }

  /** Adds up what is used and, from what is free, takes this loop's part. */
  private long measure(long nowNs) {
    long data = 0;
    for (int i = 0; i < seen.length; i++) {
      seen[i] = shards.shard(i).arena().usedBytes();
      data += seen[i];
    }
    long counted = limit.countedBytes(data);
    long free = limit.limitBytes() - counted;
    allowanceBytes = free <= 0 ? free : free / limit.gates();
    measuredNs = nowNs;
    return counted;
  }

  private void goOnSoon() {
    if (!inBackground) {
      inBackground = true;
      var unused = loop.schedule(this::goOn, PAUSE_MS);
    }
  }

  private void goOn() {
    inBackground = false;
    if (limited() && !state.stopping()) {
      allowanceBytes = Math.min(allowanceBytes, 0);
      makeRoom(clock.wallMs(), clock.monotonicNs());
    }
  }

  void close() {
    evictor.close();
    evictedKeys.close();
  }
}
