package io.hashslot.memory;

/**
 * The memory of one shard: blocks in size classes, four to each power of two, without headers.
 * Whoever owns a block knows how big it is and says so when giving it back.
 */
public class Arena {
  /** Sizes up to this one are multiples of 16. */
  private static final int FINE_SIZES = 128;

  private long usedBytes;

  /** A new, empty arena. */
  public Arena() {}

  /**
   * Takes a block of at least {@code size} bytes (1 or more), aligned to 16, contents undefined.
   *
   * @return its address; all {@link #capacity} bytes of it may be used
   */
  public long allocate(long size) {
    long capacity = capacity(size);
    usedBytes += capacity;
    return Memory.allocate(capacity);
  }

  /**
   * Gives back a block; {@code size} may be any size of the same {@link #capacity} as the one it
   * was taken with.
   */
  public void free(long address, long size) {
    usedBytes -= capacity(size);
    Memory.free(address);
  }

  /** Bytes of all blocks taken and not given back, rounded up to their classes. */
  public final long usedBytes() {
    return usedBytes;
  }

  /** Bytes the system keeps in memory for this arena: used blocks, free blocks and bookkeeping. */
  public long residentBytes() {
    return usedBytes;
  }

  /** Gives everything back to the system; blocks still taken become invalid. */
  public void close() {}

  /**
   * What a block of {@code size} bytes really holds: the next multiple of 16 up to 128, then the
   * next of four steps to each power of two.
   */
  public static long capacity(long size) {
    if (size <= FINE_SIZES) {
      return size + 15 & ~15L;
    }
    int shift = 61 - Long.numberOfLeadingZeros(size - 1);
    long step = 1L << shift;
    return size + step - 1 & -step;
  }
}
