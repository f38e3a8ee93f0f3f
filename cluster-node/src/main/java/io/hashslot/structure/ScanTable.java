package io.hashslot.structure;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;

/**
 * A hash index of blocks in arena memory: it grows and shrinks one bucket at a time, and its
 * cursors stay good while it does. A flyweight: wrap it around a descriptor, then use it.
 *
 * <pre>
 * descriptor (32 bytes)                            bucket (64 bytes, one cache line)
 *   0  elements                      8 bytes         0-55  seven words: tag (16 bits) | address (48 bits)
 *   8  buckets                       4 bytes        56     words in use (16 bits) | address of the next bucket (48 bits)
 *  12  overflow buckets              4 bytes
 *  16  directory: segment addresses  8 bytes
 *  24  segments in the directory     4 bytes
 *  28  capacity of the directory     4 bytes
 * </pre>
 *
 * <p><b>Linear hashing.</b> A table of n buckets, 2^L ≤ n &lt; 2^(L+1), takes the L+1 lowest bits
 * of the hash as bucket number, and where that is not below n, only L. To grow is to split bucket n
 * - 2^L in two, n and itself; to shrink is to undo the last split. So one insertion or removal
 * moves the elements of one bucket and nothing is ever rehashed as a whole, and the table is as
 * full with a million elements as with a million and a half: doubling tables waste a quarter of
 * their index on average. Buckets that are yet to be split hold more than their seven words; these
 * overflow into a chain. Chains are kept packed: only their last bucket may have room.
 *
 * <p><b>Cursors.</b> Seen from its low bits, each bucket stands for all hashes with one ending.
 * Ordered by their reversed bits, these endings cut the range of all hashes into intervals, and
 * splitting or merging buckets only refines or joins intervals. A cursor is a position in this
 * order: everything before it has been seen. That is the guarantee of SCAN: what is in the table
 * during the whole scan is returned, and is returned twice only if buckets are merged under the
 * scan.
 *
 * <p><b>Tags.</b> Beside each address stand 16 bits of the hash, none of which choose the bucket,
 * so a search that misses hardly ever touches an element. Elements tell their hash through {@link
 * #hashOf}, which is needed only when a bucket is split.
 */
public abstract class ScanTable {
  /** Elements at which a bucket is split, per hundred buckets: 95 % of seven words. */
  static final int SPLIT_PER_100 = 665;

  /** Elements below which two buckets are merged, per hundred buckets: 40 % of seven words. */
  static final int MERGE_PER_100 = 280;

  static final int DESCRIPTOR_BYTES = 32;
  static final int BUCKET_BYTES = 64;
  private static final int MOST_BUCKETS_AHEAD = 1 << 27;
  private static final int WORDS = 7;
  private static final int META = 56;
  private static final long ADDRESS = (1L << 48) - 1;

  private static final int COUNT = 0;
  static final int BUCKETS = 8;
  private static final int OVERFLOWS = 12;
  protected Arena arena;
  private long at;

  /**
   * The first bucket of the chain last searched, the bucket of the last candidate, its word there,
   * and the tag looked for.
   */
  private long head;

  private long bucket;
  private int word;
  private long tag;

  protected ScanTable(Arena arena) {
    this.arena = arena;
  }

  /** The hash of an element: always the same one that it was inserted with. */
  protected abstract long hashOf(long element);

  /** What {@link #scan} hands elements to. It must not change the table. */
  public interface Visitor {
    /** Takes the address of one element. */
    void visit(long element);
  }

  /** Makes an empty table and returns the address of its descriptor; the flyweight is not moved. */
  public static long create(Arena arena) {
    long at = arena.allocate(DESCRIPTOR_BYTES);
    Memory.fill(at, DESCRIPTOR_BYTES, 0);
    BucketDirectory.create(at, arena);
    Memory.putLong(BucketDirectory.bucket(at, 0) + META, 0);
    return at;
  }

  /**
   * Makes an empty table with room for so many elements: until there are as many it need not grow.
   */
  public static long createFor(long elements, Arena arena) {
    long at = create(arena);
    int buckets = (int) Math.min(MOST_BUCKETS_AHEAD, elements * 100 / SPLIT_PER_100 + 1);
    for (int i = 1; i < buckets; i++) {
      BucketDirectory.reach(at, i, arena);
      Memory.putLong(BucketDirectory.bucket(at, i) + META, 0);
    }
    Memory.putInt(at + BUCKETS, buckets);
    return at;
  }

  /** Moves the flyweight to a descriptor. */
  public final void wrap(long descriptor) {
    at = descriptor;
    bucket = 0;
  }

  /** Moves the flyweight to a descriptor in another arena. */
  protected final void wrap(Arena newArena, long descriptor) {
    arena = newArena;
    wrap(descriptor);
  }

  /** The descriptor the flyweight stands on. */
  public final long descriptor() {
    return at;
  }

  /** How many elements the table of a descriptor holds; none if there is no table (address 0). */
  public static long size(long descriptor) {
    return descriptor == 0 ? 0 : Memory.getLong(descriptor + COUNT);
  }

  /** How many elements the table holds. */
  public final long size() {
    return Memory.getLong(at + COUNT);
  }

  /** How many buckets the table has, without overflow. */
  public final int buckets() {
    return Memory.getInt(at + BUCKETS);
  }

  /** How many buckets stand in overflow chains. */
  public final int overflowBuckets() {
    return Memory.getInt(at + OVERFLOWS);
  }

  /** Arena bytes of the table itself, its elements apart. */
  public final long bytes() {
    return Arena.capacity(DESCRIPTOR_BYTES)
        + BucketDirectory.bytes(at)
        + (long) overflowBuckets() * BUCKET_BYTES;
  }

  // Search

  /**
   * The bucket in which a search for this hash begins, for {@link #glance}; good until the table is
   * next changed.
   */
  public final long bucketFor(long hash) {
    return bucketFor(at, hash);
  }

  /** The same, for the table of a descriptor. */
  public static long bucketFor(long descriptor, long hash) {
    return BucketDirectory.bucket(descriptor, bucketOf(descriptor, hash));
  }

  /** Reads something of a bucket of {@link #bucketFor}: it is in the cache afterwards. */
  public static long touch(long bucket) {
    return Memory.getLong(bucket + META);
  }

  /**
   * The first element in a bucket that may have this hash, or 0: a look at what a search is likely
   * to find. It may go on in the {@link #chained} bucket.
   */
  public static long glance(long bucket, long hash) {
    long tag = hash >>> 32 & 0xFFFF;
    int used = (int) (Memory.getLong(bucket + META) >>> 48);
    for (int i = 0; i < used; i++) {
      long found = Memory.getLong(bucket + ((long) i << 3));
      if (found >>> 48 == tag) {
        return found & ADDRESS;
      }
    }
    return 0;
  }

  /** The bucket that a bucket overflows into, or 0. */
  public static long chained(long bucket) {
    return Memory.getLong(bucket + META) & ADDRESS;
  }

  /**
   * The first element that may have this hash, or 0. The caller compares; if it is another, {@link
   * #next} has the next candidate.
   */
  public final long seek(long hash) {
    head = bucketFor(at, hash);
    bucket = head;
    word = -1;
    tag = hash >>> 32 & 0xFFFF;
    return next();
  }

  /** The candidate after the last one, or 0. */
  public final long next() {
    long b = bucket;
    int i = word + 1;
    while (true) {
      long meta = Memory.getLong(b + META);
      int used = (int) (meta >>> 48);
      for (; i < used; i++) {
        long found = Memory.getLong(b + ((long) i << 3));
        if (found >>> 48 == tag) {
          bucket = b;
          word = i;
          return found & ADDRESS;
        }
      }
      b = meta & ADDRESS;
      if (b == 0) {
        return 0;
      }
      i = 0;
    }
  }

  /**
   * Points the index at another block with the same hash, in place of the candidate last returned.
   */
  public final void replace(long element) {
    Memory.putLong(bucket + ((long) word << 3), tag << 48 | element);
  }

  /** Takes the candidate last returned out of the table. */
  public final void remove() {
    removeWord(head, bucket, word);
    long count = size() - 1;
    Memory.putLong(at + COUNT, count);
    int buckets = buckets();
    if (buckets > 1 && count * 100 < (long) buckets * MERGE_PER_100) {
      merge(buckets - 1);
    }
  }

  /** Adds an element; the caller knows that it is not there yet. */
  public final void insert(long hash, long element) {
    append(bucketFor(at, hash), (hash >>> 32 & 0xFFFF) << 48 | element);
    long count = size() + 1;
    Memory.putLong(at + COUNT, count);
    int buckets = buckets();
    if (count * 100 > (long) buckets * SPLIT_PER_100) {
      split(buckets);
    }
  }

  // Cursors and samples

  /**
   * Hands all elements of one bucket to the visitor.
   *
   * @param cursor 0 to begin, then what the last call returned
   * @return the next cursor, 0 when all has been seen
   */
  public final long scan(long cursor, Visitor visitor) {
    int buckets = buckets();
    long mask = maskOf(buckets);
    long unsplit = cursor & mask >>> 1;
    if (unsplit + Integer.highestOneBit(buckets) >= buckets) {
      mask >>>= 1;
    }
    visitChain(BucketDirectory.bucket(at, (int) (cursor & mask)), visitor);
    long reversed = Long.reverse(cursor | ~mask) + 1;
    return Long.reverse(reversed);
  }

  /** Hands on all elements whose hashes end in the same bits, so many of them: 0 to 30. */
  final void visitClass(int lowest, int bits, Visitor visitor) {
    int classes = 1 << bits;
    int buckets = buckets();
    if (classes <= Integer.highestOneBit(buckets)) {
      for (long i = lowest; i < buckets; i += classes) {
        visitChain(BucketDirectory.bucket(at, (int) i), visitor);
      }
      return;
    }
    visitChain(
        bucketFor(lowest),
        element -> {
          if (((int) hashOf(element) & classes - 1) == lowest) {
            visitor.visit(element);
          }
        });
  }

  /**
   * An element chosen fairly, whatever the lengths of the chains, or 0 if the table is empty.
   *
   * @param random a source of random bits: each call of {@link RandomBits#next} must give 64 fresh
   *     ones
   */
  public final long sample(RandomBits random) {
    if (size() == 0) {
      return 0;
    }
    int buckets = buckets();
    while (true) {
      long bits = random.next();
      long b = BucketDirectory.bucket(at, (int) ((bits >>> 32) * buckets >>> 32));
      // Each word of a chain this long is as likely as any other; a draw beyond the end is thrown
      // away.
      int drawn = (int) ((bits & 0xFFFF) * (4 * WORDS) >>> 16);
      while (b != 0) {
        long meta = Memory.getLong(b + META);
        int used = (int) (meta >>> 48);
        if (drawn < used) {
          return Memory.getLong(b + ((long) drawn << 3)) & ADDRESS;
        }
        drawn -= used;
        b = meta & ADDRESS;
      }
    }
  }

  /** A source of random bits. */
  public interface RandomBits {
    /** 64 random bits. */
    long next();
  }

  /**
   * Takes a table apart: hands the elements of its last bucket to the visitor, which may free them,
   * and drops the bucket. The table can no longer be used for anything else.
   *
   * @return whether there are more buckets; otherwise the table is gone
   */
  public final boolean drain(Visitor visitor) {
    int last = buckets() - 1;
    long b = BucketDirectory.bucket(at, last);
    visitChain(b, visitor);
    freeOverflow(b);
    if (last == 0) {
      Memory.putLong(b + META, 0);
      destroy();
      return false;
    }
    Memory.putInt(at + BUCKETS, last);
    BucketDirectory.endAt(at, last, arena);
    return true;
  }

  /** Frees the table itself; its elements stay as they are. */
  public final void destroy() {
    int buckets = buckets();
    for (int i = 0; i < buckets; i++) {
      freeOverflow(BucketDirectory.bucket(at, i));
    }
    BucketDirectory.destroy(at, arena);
    arena.free(at, DESCRIPTOR_BYTES);
    at = 0;
  }

  // Buckets

  private static long maskOf(int buckets) {
    return (Integer.highestOneBit(buckets) << 1) - 1;
  }

  private static int bucketOf(long descriptor, long hash) {
    int buckets = Memory.getInt(descriptor + BUCKETS);
    int mask = (int) maskOf(buckets);
    int index = (int) hash & mask;
    return index < buckets ? index : index & mask >>> 1;
  }

  private void append(long first, long added) {
    long b = first;
    while (true) {
      long meta = Memory.getLong(b + META);
      int used = (int) (meta >>> 48);
      if (used < WORDS) {
        Memory.putLong(b + ((long) used << 3), added);
        Memory.putLong(b + META, meta + (1L << 48));
        return;
      }
      long next = meta & ADDRESS;
      if (next == 0) {
        next = arena.allocate(BUCKET_BYTES);
        Memory.putLong(next + META, 0);
        Memory.putLong(b + META, meta | next);
        Memory.putInt(at + OVERFLOWS, overflowBuckets() + 1);
      }
      b = next;
    }
  }

  /**
   * Fills the hole with the last word of the chain and drops the last bucket when that leaves it
   * empty.
   */
  private void removeWord(long first, long holeBucket, int holeWord) {
    long previous = 0;
    long last = first;
    long meta = Memory.getLong(last + META);
    while ((meta & ADDRESS) != 0) {
      previous = last;
      last = meta & ADDRESS;
      meta = Memory.getLong(last + META);
    }
    int used = (int) (meta >>> 48) - 1;
    Memory.putLong(holeBucket + ((long) holeWord << 3), Memory.getLong(last + ((long) used << 3)));
    Memory.putLong(last + META, (long) used << 48);
    if (used == 0 && previous != 0) {
      Memory.putLong(previous + META, Memory.getLong(previous + META) & ~ADDRESS);
      freeBucket(last);
    }
  }

  private void freeBucket(long b) {
    arena.free(b, BUCKET_BYTES);
    Memory.putInt(at + OVERFLOWS, overflowBuckets() - 1);
  }

  private void freeOverflow(long first) {
    long b = Memory.getLong(first + META) & ADDRESS;
    while (b != 0) {
      long next = Memory.getLong(b + META) & ADDRESS;
      freeBucket(b);
      b = next;
    }
  }

  private static void visitChain(long first, Visitor visitor) {
    long b = first;
    while (b != 0) {
      long meta = Memory.getLong(b + META);
      int used = (int) (meta >>> 48);
      for (int i = 0; i < used; i++) {
        visitor.visit(Memory.getLong(b + ((long) i << 3)) & ADDRESS);
      }
      b = meta & ADDRESS;
    }
  }

  // Growing and shrinking

  /** Adds bucket number {@code added} and moves into it what belongs there. */
  private void split(int added) {
    int bit = Integer.highestOneBit(added);
    long source = BucketDirectory.bucket(at, added - bit);
    BucketDirectory.reach(at, added, arena);
    long target = BucketDirectory.bucket(at, added);
    Memory.putLong(target + META, 0);
    Memory.putInt(at + BUCKETS, added + 1);
    // Rewriting the chain from its start: the write position never overtakes the read position.
    long write = source;
    int written = 0;
    long read = source;
    while (read != 0) {
      long meta = Memory.getLong(read + META);
      int used = (int) (meta >>> 48);
      for (int i = 0; i < used; i++) {
        long element = Memory.getLong(read + ((long) i << 3));
        if ((hashOf(element & ADDRESS) & bit) != 0) {
          append(target, element);
          continue;
        }
        if (written == WORDS) {
          long next = Memory.getLong(write + META) & ADDRESS;
          Memory.putLong(write + META, (long) WORDS << 48 | next);
          write = next;
          written = 0;
        }
        Memory.putLong(write + ((long) written++ << 3), element);
      }
      read = meta & ADDRESS;
    }
    freeOverflow(write);
    Memory.putLong(write + META, (long) written << 48);
  }

  /** Gives the elements of the last bucket back to the one it was split from. */
  private void merge(int last) {
    long source = BucketDirectory.bucket(at, last);
    long target = BucketDirectory.bucket(at, last - Integer.highestOneBit(last));
    long read = source;
    while (read != 0) {
      long meta = Memory.getLong(read + META);
      int used = (int) (meta >>> 48);
      for (int i = 0; i < used; i++) {
        append(target, Memory.getLong(read + ((long) i << 3)));
      }
      read = meta & ADDRESS;
    }
    freeOverflow(source);
    Memory.putInt(at + BUCKETS, last);
    BucketDirectory.endAt(at, last, arena);
  }
}
