package io.hashslot.keyspace;

import io.hashslot.time.Clock;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Deletes keys whose time has come without waiting for somebody to ask for them. On primaries only;
 * one thread runs it, between other work, and takes the shards as it finds them: a busy one is left
 * for the next time.
 *
 * <p>As in Redis 7.0: a round looks at a few keys that have an expiry and goes on where the last
 * one ended. More than the acceptable share of expired ones among them lets another round follow,
 * so the effort grows with what there is to find, within a budget of time. The slow cycle runs
 * {@code hz} times a second and may take a quarter of that; the fast one a millisecond now and
 * then, while the slow one does not keep up. The rules and their numbers, by {@code e =
 * active-expire-effort - 1}:
 *
 * <pre>
 * keys looked at in a round    20 + 5e
 * slow cycle                   25 + 2e percent of its period
 * fast cycle                   1000 + 250e microseconds, at most every second such time
 * acceptable stale share       10 - e percent
 * </pre>
 */
public final class ActiveExpiry {
  /** A shard is not held longer than this at a time, give or take a round. */
  private static final long HOLD_NS = 250_000;

  /**
   * Buckets looked at for each key wanted: in a thin table a round ends early rather than walking
   * on.
   */
  private static final int BUCKETS_PER_KEY = 20;

  private final Keyspace keyspace;
  private final Lookup lookup;
  private final Keys own;
  private final Clock clock;
  private final Position[] positions;
  private final FoundEntries found = new FoundEntries();
  private final AtomicLongArray averageTtlMs;

  private volatile int effort;
  private volatile double staleShare;
  private volatile long capReached;
  private volatile long spentNs;

  private int nextShard;
  private boolean ranOut;
  private long lastFastNs = Long.MIN_VALUE / 2;
  private long sampled;
  private long expired;

  /** Where the walk over the expiring keys of a shard stands. */
  private static final class Position {
    int database;
    int table;
    long cursor;
  }

  /** Makes the walker; {@code events} is told of each expired key, each for itself. */
  public ActiveExpiry(Keyspace keyspace, KeyspaceEvents events, Clock clock) {
    this.keyspace = keyspace;
    this.clock = clock;
    lookup = new Lookup(keyspace, events);
    own = keyspace.newKeys(events);
    positions = new Position[keyspace.shards().count()];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = new Position();
    }
    averageTtlMs = new AtomicLongArray(keyspace.databases());
  }

  /** Sets active-expire-effort, 1 to 10. */
  public void effort(int setting) {
    effort = setting - 1;
  }

  /** The slow cycle, to be run {@code hz} times a second. */
  public void slowCycle(int hz) {
    run((25 + 2L * effort) * 10_000_000L / hz);
  }

  /** What a replica does instead that can be written to: sees after the keys that are its own. */
  public void cycleOfReplica() {
    keyspace.ownExpiries().cycle(own, keyspace.shards(), clock);
  }

  /**
   * The fast cycle, to be offered after each batch of requests: does nothing unless the slow one
   * does not keep up.
   */
  public void fastCycle() {
    long budgetNs = (1000 + 250L * effort) * 1000;
    long now = clock.monotonicNs();
    if (!behind() || now - lastFastNs < 2 * budgetNs) {
      return;
    }
    lastFastNs = now;
    run(budgetNs);
  }

  /** Tells whether the slow cycle does not keep up, so that the fast one has something to do. */
  public boolean behind() {
    return ranOut || staleShare * 100 >= 10 - effort;
  }

  private void run(long budgetNs) {
    long begin = clock.monotonicNs();
    long deadline = begin + budgetNs;
    sampled = 0;
    expired = 0;
    ranOut = false;
    boolean stale = true;
    while (stale && !ranOut) {
      stale = false;
      for (int i = 0; i < positions.length && !ranOut; i++) {
        int shard = nextShard++ & positions.length - 1;
        stale |= visit(shard, deadline);
        ranOut = clock.monotonicNs() - deadline >= 0;
      }
    }
    ranOut &= stale;
    if (ranOut) {
      capReached++;
    }
    double share = sampled == 0 ? 0 : (double) expired / sampled;
    staleShare = share * 0.05 + staleShare * 0.95;
    spentNs += clock.monotonicNs() - begin;
  }

  /** Looks into one shard; returns whether it is worth coming back in this cycle. */
  private boolean visit(int index, long deadline) {
    Shard shard = keyspace.shards().shard(index);
    boolean any = false;
    for (ShardDatabase tables : shard.databases) {
      any |= tables.expiring() != 0;
    }
    long plan = 1L << index;
    if (!any || keyspace.shards().tryEnter(plan) != Shards.ENTERED) {
      return false;
    }
    try {
      long nowMs = clock.wallMs();
      long until = Math.min(deadline, clock.monotonicNs() + HOLD_NS);
      boolean stale = true;
      while (stale && clock.monotonicNs() - until < 0) {
        stale = round(shard, positions[index], nowMs);
      }
      return stale;
    } finally {
      keyspace.shards().leave(plan);
    }
  }

  /** One round; returns whether more than the acceptable share of what it looked at had expired. */
  private boolean round(Shard shard, Position position, long nowMs) {
    int wanted = 20 + 5 * effort;
    int buckets = wanted * BUCKETS_PER_KEY;
    int looked = 0;
    int gone = 0;
    int wraps = 0;
    while (looked < wanted && buckets-- > 0 && wraps < 2) {
      ShardDatabase tables = shard.databases[position.database];
      if (tables.expiring() == 0 || position.table >= tables.tables.length) {
        position.table = 0;
        position.cursor = 0;
        position.database++;
        if (position.database == shard.databases.length) {
          position.database = 0;
          wraps++;
        }
        continue;
      }
      long descriptor = tables.expiries[position.table];
      if (descriptor == 0 || tables.hides(position.table)) {
        position.table = tables.nextTable(position.table + 1);
        position.cursor = 0;
        continue;
      }
      shard.expiryTable.wrap(descriptor);
      found.clear();
      position.cursor = shard.expiryTable.scan(position.cursor, found);
      looked += found.count();
      gone += deleteExpired(position.database, nowMs);
      if (position.cursor == 0) {
        position.table++;
      }
    }
    sampled += looked;
    expired += gone;
    return gone * 100 > looked * (10 - effort);
  }

  private int deleteExpired(int database, long nowMs) {
    lookup.database = database;
    lookup.nowMs = nowMs;
    int gone = 0;
    long ttlSumMs = 0;
    for (int i = 0; i < found.count(); i++) {
      long leftMs = Entry.expireAtMs(found.get(i)) - nowMs;
      if (leftMs < 0) {
        lookup.expireFound(found.get(i));
        gone++;
      } else {
        ttlSumMs += leftMs;
      }
    }
    int alive = found.count() - gone;
    if (alive > 0) {
      long average = averageTtlMs.get(database);
      long sample = ttlSumMs / alive;
      averageTtlMs.set(database, average == 0 ? sample : average + (sample - average) / 50);
    }
    return gone;
  }

  /**
   * INFO's avg_ttl of a database: a running average over the keys looked at, in milliseconds; 0 if
   * no key has an expiry.
   */
  public long averageTtlMs(int database) {
    return keyspace.expiring(database) == 0 ? 0 : averageTtlMs.get(database);
  }

  /**
   * INFO's expired_stale_perc: the share of keys with an expiry that have expired but are still
   * there, estimated, in percent.
   */
  public double stalePercent() {
    return staleShare * 100;
  }

  /** INFO's expired_time_cap_reached_count. */
  public long capReached() {
    return capReached;
  }

  /** Time spent in all cycles, in nanoseconds (INFO's expire_cycle_cpu_milliseconds). */
  public long spentNs() {
    return spentNs;
  }
}
