package io.hashslot.memory;

import java.util.Arrays;

/**
 * The memory of one shard: blocks in size classes, without headers. Whoever owns a block knows how
 * big it is and says so when giving it back. Not synchronised: used only under the lock of its
 * shard.
 *
 * <p><b>Classes.</b> Sizes are rounded up to the next multiple of 16 up to 256, then to the next of
 * eight steps to each power of two: 288, 320, 352 and so on, so at most a ninth of a block is air.
 * Up to 16 KB blocks come from slabs; larger ones straight from the system.
 *
 * <p><b>Slabs</b> have 64 KB and hold blocks of one class. They are used from their start on, and
 * pages never reached are never touched, so a slab with three blocks costs one page: many shards
 * and classes with little in them stay cheap. Freed blocks are linked through their first eight
 * bytes. A slab that becomes empty gives its pages back to the system. The last one of its class
 * with room stays ready, as it would soon be wanted again, and so do its pages while they are few:
 * collections that grow leave one such slab in each class they went through, in every shard.
 *
 * <p><b>Regions</b> of 4 MB hold 63 slabs. The first 4 KB of a region are the headers of its slabs,
 * 64 bytes each, kept apart from the blocks so that these can be powers of two; the header of a
 * block's slab follows from its address.
 *
 * <pre>
 * slab header
 *   0  first free block, or 0          8 bytes
 *   8  bytes used from the start       4 bytes
 *  12  blocks taken                    4 bytes
 *  16  class                           4 bytes
 *  24  next slab of the class with room, or next free slab    8 bytes
 *  32  previous slab of the class with room                   8 bytes
 * </pre>
 */
public class Arena {
  /** Largest block that comes from a slab. */
  static final int LARGEST_IN_SLAB = 16 << 10;

  static final int SLAB_BYTES = 64 << 10;

  /** An empty slab that stays ready keeps its pages up to this many bytes. */
  private static final int KEPT_BYTES = 16 << 10;

  private static final int SLAB_SHIFT = 16;
  private static final int HEADER_SHIFT = 6;
  private static final int SLABS_IN_REGION = (int) (Regions.BYTES >>> SLAB_SHIFT);

  private static final int FINE_SIZES = 128;
  private static final int FINE_CLASSES = FINE_SIZES / 16;
  private static final int FINE_LOG = 7;

  /** Steps to each power of two, as bits and as a number. */
  private static final int STEP_BITS = 3;

  private static final int STEPS = 1 << STEP_BITS;
  private static final int CLASSES = FINE_CLASSES + STEPS * 7;

  /** In how many ways slabs begin. */
  private static final int STAGGERS = 16;

  private static final int FREE = 0;
  private static final int BUMP = 8;
  private static final int TAKEN = 12;
  private static final int CLASS = 16;
  private static final int NEXT = 24;
  private static final int PREVIOUS = 32;

  /** Headers of slabs with room, by class. */
  private final long[] roomy = new long[CLASSES];

  /** Headers of slabs that belong to no class for now. */
  private long freeSlabs;

  /** Regions in the order taken, and how many slabs of the last one have been used at all. */
  private long[] regions = new long[1];

  private int regionCount;
  private int slabsOfLastRegion = SLABS_IN_REGION;

  private long usedBytes;
  private long residentBytes;

  /** A new, empty arena: takes nothing before the first block. */
  public Arena() {}

  /**
   * An arena of the kind this process runs with: {@code -Dhashslot.arena=checking} gives {@link
   * CheckingArena}s.
   */
  public static Arena open() {
    return "checking".equals(System.getProperty("hashslot.arena"))
        ? new CheckingArena()
        : new Arena();
  }

  /**
   * Takes a block of at least {@code size} bytes (1 or more), aligned to 16, contents undefined.
   *
   * @return its address; all {@link #capacity} bytes of it may be used
   */
  public long allocate(long size) {
    if (size > LARGEST_IN_SLAB) {
      long capacity = capacity(size);
      usedBytes += capacity;
      residentBytes += capacity;
      return Memory.allocate(capacity);
    }
    int sizeClass = classOf((int) size);
    int capacity = capacityOf(sizeClass);
    usedBytes += capacity;
    long slab = roomy[sizeClass];
    if (slab == 0) {
      slab = openSlab(sizeClass);
    }
    Memory.putInt(slab + TAKEN, Memory.getInt(slab + TAKEN) + 1);
    long block = Memory.getLong(slab + FREE);
    int bump = Memory.getInt(slab + BUMP);
    long nextFree = 0;
    if (block != 0) {
      nextFree = Memory.getLong(block);
      Memory.putLong(slab + FREE, nextFree);
    } else {
      block = blocksOf(slab) + bump;
      residentBytes += pages(bump + capacity) - pages(bump);
      bump += capacity;
      Memory.putInt(slab + BUMP, bump);
    }
    if (nextFree == 0 && bump + capacity > SLAB_BYTES) {
      closeRoom(slab, sizeClass);
    }
    return block;
  }

  /**
   * Gives back a block; {@code size} may be any size of the same {@link #capacity} as the one it
   * was taken with.
   */
  public void free(long address, long size) {
    if (size > LARGEST_IN_SLAB) {
      long capacity = capacity(size);
      usedBytes -= capacity;
      residentBytes -= capacity;
      Memory.free(address);
      return;
    }
    long region = address & -Regions.BYTES;
    long slab = region + (address - region >>> SLAB_SHIFT << HEADER_SHIFT);
    int sizeClass = Memory.getInt(slab + CLASS);
    int capacity = capacityOf(sizeClass);
    usedBytes -= capacity;
    long free = Memory.getLong(slab + FREE);
    boolean hadRoom = free != 0 || Memory.getInt(slab + BUMP) + capacity <= SLAB_BYTES;
    Memory.putLong(address, free);
    Memory.putLong(slab + FREE, address);
    int taken = Memory.getInt(slab + TAKEN) - 1;
    Memory.putInt(slab + TAKEN, taken);
    if (!hadRoom) {
      openRoom(slab, sizeClass);
    }
    if (taken == 0) {
      empty(slab, sizeClass);
    }
  }

  /**
   * Gives a block another size and keeps the bytes that fit; it may move. What is very long is not
   * copied by that where the system can move pages.
   *
   * @param size any size of the same {@link #capacity} as the one it was taken with
   */
  public long resize(long address, long size, long newSize) {
    if (size > LARGEST_IN_SLAB && newSize > LARGEST_IN_SLAB) {
      long capacity = capacity(newSize);
      long resized = Memory.reallocate(address, capacity);
      long more = capacity - capacity(size);
      usedBytes += more;
      residentBytes += more;
      return resized;
    }
    return move(address, size, newSize);
  }

  /** Does what {@link #resize} does, with a new block in any case. */
  final long move(long address, long size, long newSize) {
    long moved = allocate(newSize);
    Memory.copy(address, moved, Math.min(size, newSize));
    free(address, size);
    return moved;
  }

  /** Bytes of all blocks taken and not given back, rounded up to their classes. */
  public long usedBytes() {
    return usedBytes;
  }

  /**
   * Bytes the system keeps in memory for this arena: touched pages of slabs and their headers, and
   * large blocks.
   */
  public final long residentBytes() {
    return residentBytes + (long) regionCount * Pages.BYTES;
  }

  /**
   * Gives all slabs back to the system; large blocks must have been freed. The arena must not be
   * used again.
   */
  public void close() {
    for (int i = 0; i < regionCount; i++) {
      Regions.giveBack(regions[i]);
    }
    regionCount = 0;
    usedBytes = 0;
    residentBytes = 0;
  }

  /** What a block of {@code size} bytes (1 or more) really holds. */
  public static long capacity(long size) {
    if (size <= FINE_SIZES) {
      return size + 15 & ~15L;
    }
    long step = 1L << 63 - STEP_BITS - Long.numberOfLeadingZeros(size - 1);
    return size + step - 1 & -step;
  }

  private static int classOf(int size) {
    if (size <= FINE_SIZES) {
      return size - 1 >>> 4;
    }
    int log = 31 - Integer.numberOfLeadingZeros(size - 1);
    return FINE_CLASSES + (log - FINE_LOG) * STEPS + (size - 1 >>> log - STEP_BITS) - STEPS;
  }

  private static int capacityOf(int sizeClass) {
    if (sizeClass < FINE_CLASSES) {
      return sizeClass + 1 << 4;
    }
    int coarse = sizeClass - FINE_CLASSES;
    return STEPS + 1 + (coarse & STEPS - 1) << (coarse >>> STEP_BITS) + FINE_LOG - STEP_BITS;
  }

  private static long blocksOf(long slab) {
    long region = slab & -Regions.BYTES;
    return region + (slab - region << SLAB_SHIFT - HEADER_SHIFT);
  }

  private static int pages(int bytes) {
    return bytes + Pages.BYTES - 1 & -Pages.BYTES;
  }

  private long openSlab(int sizeClass) {
    long slab = freeSlabs;
    if (slab != 0) {
      freeSlabs = Memory.getLong(slab + NEXT);
    } else {
      slab = nextSlab();
    }
    int bump = stagger(slab, capacityOf(sizeClass));
    residentBytes += pages(bump);
    Memory.putInt(slab + BUMP, bump);
    Memory.putInt(slab + TAKEN, 0);
    Memory.putInt(slab + CLASS, sizeClass);
    openRoom(slab, sizeClass);
    return slab;
  }

  /**
   * Begins a slab somewhere in its first page, by the number of the region, with the blocks before
   * that as free ones. Otherwise what each shard takes first, the heads of its tables, would have
   * the same lower address bits everywhere, and all of it would compete for a few places of the
   * processor's caches.
   *
   * @return bytes used from the start
   */
  private static int stagger(long slab, int capacity) {
    int blocks = (int) (slab / Regions.BYTES & STAGGERS - 1) * (Pages.BYTES / STAGGERS) / capacity;
    long first = blocksOf(slab);
    long free = 0;
    for (int i = 0; i < blocks; i++) {
      long block = first + (long) i * capacity;
      Memory.putLong(block, free);
      free = block;
    }
    Memory.putLong(slab + FREE, free);
    return blocks * capacity;
  }

  /** Slab 0 of a region is where the headers are. */
  private long nextSlab() {
    if (slabsOfLastRegion == SLABS_IN_REGION) {
      if (regionCount == regions.length) {
        regions = Arrays.copyOf(regions, regionCount * 2);
      }
      regions[regionCount++] = Regions.take();
      slabsOfLastRegion = 1;
    }
    return regions[regionCount - 1] + ((long) slabsOfLastRegion++ << HEADER_SHIFT);
  }

  private void openRoom(long slab, int sizeClass) {
    long next = roomy[sizeClass];
    Memory.putLong(slab + NEXT, next);
    Memory.putLong(slab + PREVIOUS, 0);
    if (next != 0) {
      Memory.putLong(next + PREVIOUS, slab);
    }
    roomy[sizeClass] = slab;
  }

  private void closeRoom(long slab, int sizeClass) {
    long next = Memory.getLong(slab + NEXT);
    long previous = Memory.getLong(slab + PREVIOUS);
    if (previous == 0) {
      roomy[sizeClass] = next;
    } else {
      Memory.putLong(previous + NEXT, next);
    }
    if (next != 0) {
      Memory.putLong(next + PREVIOUS, previous);
    }
  }

  private void empty(long slab, int sizeClass) {
    boolean last = Memory.getLong(slab + NEXT) == 0 && Memory.getLong(slab + PREVIOUS) == 0;
    int touched = pages(Memory.getInt(slab + BUMP));
    if (last && touched <= KEPT_BYTES) {
      return;
    }
    residentBytes -= touched;
    Pages.release(blocksOf(slab), touched);
    if (last) {
      Memory.putLong(slab + FREE, 0);
      Memory.putInt(slab + BUMP, 0);
    } else {
      closeRoom(slab, sizeClass);
      Memory.putLong(slab + NEXT, freeSlabs);
      freeSlabs = slab;
    }
  }
}
