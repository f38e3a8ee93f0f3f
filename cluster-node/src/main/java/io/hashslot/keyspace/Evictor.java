package io.hashslot.keyspace;

import io.hashslot.structure.ScanTable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds and deletes the keys that make room for others. One for each thread that does so; it takes
 * shards as it finds them, one at a time, and never waits for one.
 *
 * <p>As in Redis, nobody knows the order of all keys: a few are drawn by chance, and the best
 * victims of these and earlier draws are remembered in a pool. Here a draw comes from one part (a
 * database in a shard), which is chosen as often as its share of all keys says; hashes spread keys
 * over shards by chance, so that is as good as drawing from all. A key that was used since it came
 * into the pool is no victim any more.
 */
public final class Evictor {
  /** How an attempt went. */
  public enum Outcome {
    /** A key is gone. */
    EVICTED,
    /** No key may go under this policy. */
    NOTHING_LEFT,
    /** Others were at work where keys might have gone. */
    BUSY
  }

  /** Shares of the parts are looked at anew after so many draws. */
  private static final int DRAWS_BY_SHARES = 256;

  /** Parts that may turn out to be empty or busy in one draw. */
  private static final int TRIES = 8;

  /** One key in so many of a part is looked at in one draw, or one in all. */
  private static final int SHARE_LOOKED_AT = 8;

  private static final int LFU_MOST = 255;

  private final Keyspace keyspace;
  private final Shards shards;
  private final EvictionListener listener;
  private final CandidatePool pool = new CandidatePool();
  private final Key victim = new Key();
  private final ScanTable.RandomBits randomBits = this::nextRandom;

  /** Candidates in all parts up to each one; parts are numbered shard by shard. */
  private final long[] sums;

  private @Nullable EvictionPolicy policy;
  private int drawsLeft;
  private long random;

  /** Makes one for a thread; {@code seed} is any number but 0. */
  public Evictor(Keyspace keyspace, EvictionListener listener, long seed) {
    this.keyspace = keyspace;
    this.listener = listener;
    shards = keyspace.shards();
    sums = new long[shards.count() * keyspace.databases()];
    random = seed == 0 ? 1 : seed;
  }

  /**
   * Deletes one key, if one is found.
   *
   * @param by which key shall go
   * @param samples how many are drawn to find one, at least 1
   * @param nowMs milliseconds since 1970
   */
  public Outcome evictOne(EvictionPolicy by, int samples, long nowMs) {
    if (!by.equals(policy)) {
      policy = by;
      pool.clear();
      drawsLeft = 0;
    }
    boolean busy = false;
    int left = by.order() == EvictionPolicy.Order.RANDOM ? 1 : samples;
    for (int tries = samples + TRIES; left > 0 && tries > 0; tries--) {
      int part = drawPart(by);
      if (part < 0) {
        return Outcome.NOTHING_LEFT;
      }
      int index = part / keyspace.databases();
      if (shards.tryEnter(1L << index) != Shards.ENTERED) {
        busy = true;
        continue;
      }
      int drawn;
      try {
        drawn = visit(by, shards.shard(index), part % keyspace.databases(), left, nowMs);
      } finally {
        shards.leave(1L << index);
      }
      left -= drawn;
      drawsLeft = drawn == 0 ? 0 : drawsLeft;
    }
    if (by.order() == EvictionPolicy.Order.RANDOM ? left == 0 : evictBest()) {
      return Outcome.EVICTED;
    }
    return busy || pool.count() > 0 ? Outcome.BUSY : Outcome.NOTHING_LEFT;
  }

  /**
   * Fills the pool from one part, or deletes a random key of it. Only some keys of a small part are
   * looked at: the others of the draw shall come from elsewhere.
   *
   * @return how many keys were looked at; 0 if there are none
   */
  private int visit(EvictionPolicy by, Shard shard, int database, int most, long nowMs) {
    ShardDatabase tables = shard.databases[database];
    long keys = by.expiringOnly() ? tables.expiring() : tables.visibleKeys();
    if (keys == 0) {
      return 0;
    }
    int count = (int) Math.min(most, Math.max(1, keys / SHARE_LOOKED_AT));
    for (int i = 0; i < count; i++) {
      long descriptor = by.expiringOnly() ? drawExpiries(tables) : drawTable(tables);
      if (descriptor == 0) {
        continue;
      }
      shard.keyTable.wrap(descriptor);
      long entry = shard.keyTable.sample(randomBits);
      if (by.order() == EvictionPolicy.Order.RANDOM) {
        keyspace.locate(victim, Entry.keyAddress(entry), Entry.keyLength(entry), -1);
        drop(shard, database, entry);
      } else {
        pool.offer(database, entry, score(by, entry, nowMs));
      }
    }
    return count;
  }

  private long drawTable(ShardDatabase tables) {
    return tables.tables[tables.tableOf(below(tables.visibleKeys()))];
  }

  /**
   * A table of keys with an expiry, each as often as its share of them says; 0 for a hidden one.
   */
  private long drawExpiries(ShardDatabase tables) {
    long left = below(tables.expiring());
    int table = tables.nextTable(0);
    while (left >= ScanTable.size(tables.expiries[table])) {
      left -= ScanTable.size(tables.expiries[table]);
      table = tables.nextTable(table + 1);
    }
    return tables.hides(table) ? 0 : tables.expiries[table];
  }

  private long score(EvictionPolicy by, long entry, long nowMs) {
    AccessClock clock = keyspace.accessClock();
    return switch (by.order()) {
      case LRU -> clock.idleSeconds(Entry.clock(entry), nowMs);
      case LFU -> LFU_MOST - clock.frequency(Entry.clock(entry), nowMs);
      case TTL -> Entry.hasExpiry(entry) ? -Entry.expireAtMs(entry) : Long.MIN_VALUE;
      case RANDOM -> 0;
    };
  }

  /** Deletes the best of the pool that is still there and whose shard is free. */
  private boolean evictBest() {
    int skipped = 0;
    for (int i = pool.best(skipped); i != CandidatePool.NONE; i = pool.best(skipped)) {
      keyspace.locate(victim, pool.key(i), pool.keyLength(i), -1);
      if (shards.tryEnter(victim.shardMask()) != Shards.ENTERED) {
        skipped |= 1 << i;
        continue;
      }
      boolean gone;
      try {
        gone = dropUnlessUsed(pool.database(i), pool.clock(i));
      } finally {
        shards.leave(victim.shardMask());
      }
      pool.remove(i);
      if (gone) {
        return true;
      }
      skipped = 0;
    }
    return false;
  }

  private boolean dropUnlessUsed(int database, int clock) {
    Shard shard = shards.shard(victim.shard());
    long entry =
        shard.databases[database].find(
            victim.table(), victim.hash(), victim.address(), victim.length());
    boolean mayGo =
        entry != 0
            && Entry.clock(entry) == clock
            && (policy == null || !policy.expiringOnly() || Entry.hasExpiry(entry));
    if (mayGo) {
      drop(shard, database, entry);
    }
    return mayGo;
  }

  private void drop(Shard shard, int database, long entry) {
    listener.evicted(database, victim);
    shard.stats.evict();
    shard.databases[database].drop(victim.table(), victim.hash(), entry);
  }

  /** Chooses a part by its share of the candidates; negative if there are no candidates. */
  private int drawPart(EvictionPolicy by) {
    if (drawsLeft-- <= 0) {
      drawsLeft = DRAWS_BY_SHARES;
      measure(by.expiringOnly());
    }
    long all = sums[sums.length - 1];
    if (all == 0) {
      drawsLeft = 0;
      return -1;
    }
    int at = Arrays.binarySearch(sums, below(all) + 1);
    if (at < 0) {
      return -1 - at;
    }
    while (at > 0 && sums[at - 1] == sums[at]) {
      at--;
    }
    return at;
  }

  private void measure(boolean expiringOnly) {
    long sum = 0;
    int part = 0;
    for (int i = 0; i < shards.count(); i++) {
      for (ShardDatabase tables : shards.shard(i).databases) {
        sum += expiringOnly ? tables.expiring() : tables.visibleKeys();
        sums[part++] = sum;
      }
    }
  }

  private long below(long bound) {
    return Math.unsignedMultiplyHigh(nextRandom(), bound);
  }

  private long nextRandom() {
    random ^= random << 13;
    random ^= random >>> 7;
    random ^= random << 17;
    return random;
  }

  /** Gives native memory back. */
  public void close() {
    pool.close();
  }
}
