package io.hashslot.keyspace;

import io.hashslot.memory.Memory;
import io.hashslot.structure.ScanTable;

/**
 * Brings into the cache what executions to come will read: the bucket of each key, and its entry.
 *
 * <p>With more keys than the caches hold, a lookup waits for memory twice, for the bucket and then
 * for the entry, and that takes longer than all the rest of a GET. But a processor can wait for a
 * dozen reads at the same time if they do not depend on each other. So before the first request of
 * a pipeline is executed, the keys of the next few are gone through twice: all buckets are read,
 * then all entries. There is no instruction for it here: plain reads, whose results are added up.
 *
 * <p>Reading wants the locks: what has been freed need not be mapped any more. They are all taken
 * before the first read, since an atomic step makes the processor wait for the reads before it.
 * Shards that are busy are left out, and nothing is changed: whether anybody looked ahead cannot be
 * told from any reply.
 */
public final class LookAhead {
  /** How many keys are looked at together, at most. */
  public static final int KEYS = 16;

  /** With fewer keys than this in the database everything is in the cache anyway. */
  private static final long WORTHWHILE_FROM = 20_000;

  /** How often {@link #worthwhile} says the same before it looks again. */
  private static final int GOOD_FOR = 256;

  /** Where an entry of the usual size, 48 bytes, ends: perhaps in another cache line. */
  private static final int END_OF_ENTRY = 47;

  /** Within a page all bytes are mapped if one is. */
  private static final long PAGE_OFFSET = 4095;

  private final Keyspace keyspace;
  private final Shards shards;
  private final Key[] keys = new Key[KEYS];

  /** The searches that are going on: the bucket each has come to, and what it looks for. */
  private final long[] buckets = new long[KEYS];

  private final long[] hashes = new long[KEYS];

  /** Where searches have ended. */
  private final long[] entries = new long[KEYS];

  private int count;
  private long mask;

  private boolean large;
  private int database;
  private int left;

  /** What was read must be of use for something, or it would not be read at all. */
  @SuppressWarnings("unused")
  private long sum;

  LookAhead(Keyspace keyspace) {
    this.keyspace = keyspace;
    shards = keyspace.shards();
    for (int i = 0; i < KEYS; i++) {
      keys[i] = new Key();
    }
  }

  /** Whether looking ahead in a database is likely to save more than it costs. */
  public boolean worthwhile(int index) {
    if (--left < 0 || index != database) {
      left = GOOD_FOR;
      database = index;
      large = keyspace.size(index) >= WORTHWHILE_FROM;
    }
    return large;
  }

  /** Adds a key that is likely to be used soon; more than {@link #KEYS} are ignored. */
  public void add(long address, int length) {
    if (count < KEYS) {
      Key key = keys[count++];
      keyspace.locate(key, address, length, -1);
      mask |= key.shardMask();
    }
  }

  /**
   * Reads what the keys that were added will need, and forgets them. No shard may have been entered
   * by the same execution.
   */
  public void fetch(int index) {
    long entered = shards.enterFree(mask);
    try {
      int searches = begin(entered, index);
      while (searches > 0) {
        touchBuckets(searches);
        searches = touchEntries(searches);
      }
    } finally {
      shards.leave(entered);
      count = 0;
      mask = 0;
    }
  }

  /** Finds where to search for each key whose shard was entered; returns how many these are. */
  private int begin(long entered, int index) {
    int searches = 0;
    for (int i = 0; i < count; i++) {
      Key key = keys[i];
      if ((entered & key.shardMask()) == 0) {
        continue;
      }
      long bucket = shards.shard(key.shard()).databases[index].bucketFor(key);
      if (bucket != 0) {
        buckets[searches] = bucket;
        hashes[searches++] = key.hash();
      }
    }
    return searches;
  }

  /** Short, so that the processor sees many of these reads at once. */
  private void touchBuckets(int searches) {
    long read = 0;
    for (int i = 0; i < searches; i++) {
      read += ScanTable.touch(buckets[i]);
    }
    sum += read;
  }

  /**
   * Reads the entries that are likely to be those searched for.
   *
   * @return how many searches go on, each in the next bucket of its chain
   */
  private int touchEntries(int searches) {
    int found = 0;
    int goOn = 0;
    for (int i = 0; i < searches; i++) {
      long entry = ScanTable.glance(buckets[i], hashes[i]);
      if (entry != 0) {
        entries[found++] = entry;
        continue;
      }
      long next = ScanTable.chained(buckets[i]);
      if (next != 0) {
        buckets[goOn] = next;
        hashes[goOn++] = hashes[i];
      }
    }
    long read = 0;
    for (int i = 0; i < found; i++) {
      long entry = entries[i];
      long end = Math.min(entry + END_OF_ENTRY, entry | PAGE_OFFSET);
      read += Memory.getByte(entry) + Memory.getByte(end);
    }
    sum += read;
    return goOn;
  }
}
