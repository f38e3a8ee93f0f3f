package io.hashslot.keyspace;

import io.hashslot.memory.Memory;
import io.hashslot.structure.ChunkList;
import io.hashslot.structure.ScanTable;
import io.hashslot.structure.SetMember;
import io.hashslot.structure.SetTable;
import io.hashslot.value.CollectionValue;
import io.hashslot.value.Kind;

/**
 * Brings into the cache what executions to come will read: the bucket of each key, its entry, and
 * where the entry is a collection with a table, the bucket of the member asked for, and the member.
 *
 * <p>With more keys than the caches hold, a lookup waits for memory twice, for the bucket and then
 * for the entry, and that takes longer than all the rest of a GET; in a large collection it waits
 * as often again. But a processor can wait for a dozen reads at the same time if they do not depend
 * on each other. So before the first request of a pipeline is executed, or the first key of one
 * request with many, the next few keys are gone through twice: all buckets are read, then all
 * entries; and then the same with members. There is no instruction for it here: plain reads, whose
 * results are added up.
 *
 * <p>Reading wants the locks: what has been freed need not be mapped any more. They are all taken
 * before the first read, since an atomic step makes the processor wait for the reads before it.
 * Shards that are busy are left out, and nothing is changed: whether anybody looked ahead cannot be
 * told from any reply.
 */
public final class LookAhead {
  /** How many keys are looked at together, at most. */
  public static final int KEYS = 16;

  /** A single request with fewer keys than this is executed as fast without. */
  private static final int MANY_KEYS = 3;

  /** With less data than this everything is in the cache anyway. */
  private static final long WORTHWHILE_FROM_BYTES = 2 << 20;

  /** How often {@link #worthwhile} says the same before it looks again. */
  private static final int GOOD_FOR = 256;

  /** Where an entry of the usual size, 48 bytes, ends: perhaps in another cache line. */
  private static final int END_OF_ENTRY = 47;

  /** Within a page all bytes are mapped if one is. */
  private static final long PAGE_OFFSET = 4095;

  private final Keyspace keyspace;
  private final Shards shards;
  private final Key[] keys = new Key[KEYS];
  private final SetMember member = new SetMember();

  /** Two members that each key may be asked for; -1 as length if there is none. */
  private final long[] members = new long[2 * KEYS];

  private final int[] memberLengths = new int[2 * KEYS];

  /**
   * The searches that are going on: the bucket each has come to, what it looks for, and the number
   * of its key.
   */
  private final long[] buckets = new long[KEYS];

  private final long[] hashes = new long[KEYS];
  private final int[] owners = new int[KEYS];

  /** Where searches for keys have ended: the entry of a key by its number, or 0. */
  private final long[] entries = new long[KEYS];

  /** What one round of searches has found. */
  private final long[] candidates = new long[KEYS];

  private int count;
  private int guesses;
  private long mask;

  private boolean large;
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

  /** Whether looking ahead is likely to save more than it costs. */
  public boolean worthwhile() {
    if (--left < 0) {
      left = GOOD_FOR;
      large = keyspace.usedBytes() >= WORTHWHILE_FROM_BYTES;
    }
    return large;
  }

  /** Adds a key that is likely to be used soon; more than {@link #KEYS} are ignored. */
  public void add(long address, int length) {
    guesses = 0;
    if (count < KEYS) {
      keyspace.locate(keys[count], address, length, -1);
      mask |= keys[count].shardMask();
      memberLengths[count << 1] = -1;
      memberLengths[(count << 1) + 1] = -1;
      count++;
    }
  }

  /**
   * Adds what may be a member of the collection of the key added last: two guesses count, of which
   * sorted sets take the second, since a score comes before their members, and others the first.
   *
   * @param length in bytes; -1 if there is nothing to guess from
   */
  public void guessMember(long address, int length) {
    if (count > 0 && guesses < 2) {
      int guess = (count - 1 << 1) + guesses++;
      members[guess] = address;
      memberLengths[guess] = length;
    }
  }

  /**
   * Reads what the keys that were added will need, and forgets them. No shard may have been entered
   * by the same execution.
   */
  public void fetch(int database) {
    long entered = shards.enterFree(mask);
    try {
      fetchWithin(entered, database);
    } finally {
      shards.leave(entered);
    }
  }

  /**
   * The same for an execution that has entered shards; keys of others are left out.
   *
   * @param held the shards that have been entered, as a bit mask
   */
  public void fetchWithin(long held, int database) {
    search(keySearches(held, database), false);
    search(memberSearches(), true);
    count = 0;
    mask = 0;
  }

  /** The same where the shards of all keys added have been entered; members are left alone. */
  public void fetchEntered(int database) {
    search(keySearches(mask, database), false);
    count = 0;
    mask = 0;
  }

  /**
   * Reads the entries of the keys of one request, whose shards have been entered. Nothing happens
   * if they are few.
   */
  public void fetch(Keys its) {
    int all = its.keyCount();
    if (all < MANY_KEYS || !worthwhile()) {
      return;
    }
    for (int from = 0; from < all; from += KEYS) {
      int searches = 0;
      for (int i = from; i < Math.min(all, from + KEYS); i++) {
        searches = begin(searches, i - from, its.keyAt(i), its.database());
      }
      search(searches, false);
    }
  }

  /** Finds where to search for each key whose shard was entered; returns how many these are. */
  private int keySearches(long entered, int database) {
    int searches = 0;
    for (int i = 0; i < count; i++) {
      entries[i] = 0;
      if ((entered & keys[i].shardMask()) != 0) {
        searches = begin(searches, i, keys[i], database);
      }
    }
    return searches;
  }

  private int begin(int searches, int owner, Key key, int database) {
    long bucket = shards.shard(key.shard()).databases[database].bucketFor(key);
    if (bucket == 0) {
      return searches;
    }
    buckets[searches] = bucket;
    hashes[searches] = key.hash();
    owners[searches] = owner;
    return searches + 1;
  }

  /** Finds where to search for members in the collections among the entries that were found. */
  private int memberSearches() {
    int searches = 0;
    int lists = 0;
    long read = 0;
    for (int i = 0; i < count; i++) {
      long entry = entries[i];
      Kind kind = entry == 0 ? Kind.STRING : Entry.kind(entry);
      if (kind == Kind.STRING) {
        continue;
      }
      if (kind == Kind.LIST) {
        long list = CollectionValue.chunks(kind, Entry.encoding(entry), Entry.stringAddress(entry));
        if (list != 0) {
          candidates[lists++] = list;
        }
        continue;
      }
      int guess = (i << 1) + (kind == Kind.SORTED_SET && memberLengths[(i << 1) + 1] >= 0 ? 1 : 0);
      long table =
          memberLengths[guess] < 0
              ? 0
              : CollectionValue.table(kind, Entry.encoding(entry), Entry.stringAddress(entry));
      if (table != 0) {
        read += Memory.getByte(table);
        buckets[searches] = table;
        hashes[searches] =
            CollectionValue.memberHash(
                kind,
                shards.shard(keys[i].shard()).hashSeed,
                member.wrap(members[guess], memberLengths[guess]));
        owners[searches++] = i;
      }
    }
    for (int i = 0; i < searches; i++) {
      buckets[i] = ScanTable.bucketFor(buckets[i], hashes[i]);
    }
    sum += read;
    touchLists(lists);
    return searches;
  }

  /** Reads the ends of the lists among the candidates, in steps that each need the one before. */
  private void touchLists(int lists) {
    long read = 0;
    for (int i = 0; i < lists; i++) {
      read += ChunkList.touch(candidates[i]);
    }
    for (int i = 0; i < lists; i++) {
      read += ChunkList.touchEndChunks(candidates[i]);
    }
    for (int i = 0; i < lists; i++) {
      read += ChunkList.touchEnds(candidates[i]);
    }
    sum += read;
  }

  private void search(int searches, boolean forMembers) {
    int going = searches;
    while (going > 0) {
      touchBuckets(going);
      going = touchElements(going, forMembers);
    }
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
   * Reads the elements that are likely to be those searched for.
   *
   * @return how many searches go on, each in the next bucket of its chain
   */
  private int touchElements(int searches, boolean forMembers) {
    int found = 0;
    int goOn = 0;
    for (int i = 0; i < searches; i++) {
      long element = ScanTable.glance(buckets[i], hashes[i]);
      if (element != 0) {
        if (!forMembers) {
          entries[owners[i]] = element;
          candidates[found++] = element;
        } else if (!SetTable.standsInIndex(element)) {
          candidates[found++] = element;
        }
        continue;
      }
      long next = ScanTable.chained(buckets[i]);
      if (next != 0) {
        buckets[goOn] = next;
        owners[goOn] = owners[i];
        hashes[goOn++] = hashes[i];
      }
    }
    long read = 0;
    for (int i = 0; i < found; i++) {
      long element = candidates[i];
      long end = Math.min(element + END_OF_ENTRY, element | PAGE_OFFSET);
      read += Memory.getByte(element) + Memory.getByte(end);
    }
    sum += read;
    return goOn;
  }
}
