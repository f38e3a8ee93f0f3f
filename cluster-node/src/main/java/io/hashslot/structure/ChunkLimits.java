package io.hashslot.structure;

/**
 * How much goes into one chunk of a list, by the number of {@code list-max-listpack-size}: -1 to -5
 * for 4, 8, 16, 32 or 64 KB, else a count of elements, which then may have {@value #SAFE_BYTES}
 * bytes together. Numbers out of range count as the nearest (Redis 7.0.15, Valkey 8.0.1).
 */
public final class ChunkLimits {
  /** Bytes that a chunk limited by a count may have. */
  private static final int SAFE_BYTES = 8192;

  private static final int SMALLEST_CHUNK_BYTES = 4096;
  private static final int MOST_ELEMENTS = 32767;
  private static final int LARGEST_BY_BYTES = -5;

  /** What an element may take in a listpack beside its bytes, estimated. */
  private static final int ELEMENT_OVERHEAD = 8;

  private ChunkLimits() {}

  /** The number as lists keep it, 16 bits wide. */
  static int clamp(int size) {
    return Math.max(LARGEST_BY_BYTES, Math.min(size, MOST_ELEMENTS));
  }

  /** Most bytes of a chunk of this size. */
  public static long mostBytes(int size) {
    return size >= 0 ? SAFE_BYTES : (long) SMALLEST_CHUNK_BYTES << -clamp(size) - 1;
  }

  /** Most elements of a chunk of this size. */
  public static long mostElements(int size) {
    if (size < 0) {
      return Long.MAX_VALUE;
    }
    return Math.max(1, clamp(size));
  }

  /** Whether this is more than goes into one chunk of this size. */
  public static boolean exceeds(int size, long bytes, long elements) {
    return bytes > mostBytes(size) || elements > mostElements(size);
  }

  /**
   * Whether a list that is one chunk may as well be a bare listpack. Chunks limited by a count may
   * be of any size here.
   *
   * @param half whether it has to be half empty, so that the next element does not make it a chunk
   *     again
   */
  public static boolean isCompact(int size, long bytes, long elements, boolean half) {
    int divisor = half ? 2 : 1;
    return size >= 0
        ? elements <= mostElements(size) / divisor
        : bytes <= mostBytes(size) / divisor;
  }

  /** Whether an element gets a chunk to itself. */
  static boolean large(int size, long bytes) {
    return bytes > mostBytes(size);
  }

  /** Whether a chunk of so many bytes and elements takes another element. */
  static boolean admits(int size, long chunkBytes, long chunkElements, long bytes) {
    return !large(size, bytes)
        && !exceeds(size, chunkBytes + bytes + ELEMENT_OVERHEAD, chunkElements + 1);
  }
}
