package io.hashslot.memory;

/**
 * Where all arenas get their regions from: 4 MB each, aligned to 4 MB, so that the region of any
 * block is found by clearing bits. Taken from the system in large pieces that cost nothing until
 * they are touched. The only class of this package that is used by several threads.
 */
final class Regions {
  static final long BYTES = 4 << 20;
  private static final long PIECE_BYTES = 16 * BYTES;

  private static long next;
  private static long end;

  /** Regions given back, linked through their first eight bytes. */
  private static long free;

  private Regions() {}

  static synchronized long take() {
    if (free != 0) {
      long region = free;
      free = Memory.getLong(region);
      return region;
    }
    if (next == end) {
      long piece = Memory.allocate(PIECE_BYTES + BYTES);
      next = piece + BYTES - 1 & -BYTES;
      end = next + PIECE_BYTES;
    }
    long region = next;
    next += BYTES;
    return region;
  }

  static synchronized void giveBack(long region) {
    Pages.release(region, BYTES);
    Memory.putLong(region, free);
    free = region;
  }
}
