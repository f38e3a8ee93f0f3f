package io.hashslot.structure;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;

/**
 * An element of a sorted set, in a block of its own that both its indexes point to: a {@link
 * MemberBlock} with the score attached, 8 bytes, never NaN. The member is kept once, here. All
 * static.
 */
public final class ScoredMember {
  private ScoredMember() {}

  /** Makes an element with a copy of {@code length} bytes at {@code address}; returns its block. */
  public static long create(Arena arena, double score, long address, int length) {
    long element = arena.allocate(MemberBlock.bytes(length) + Double.BYTES);
    MemberBlock.write(element, address, length);
    score(element, score);
    return element;
  }

  /** Frees an element. */
  public static void free(Arena arena, long element) {
    arena.free(element, MemberBlock.bytes(element) + Double.BYTES);
  }

  /** The score. */
  public static double score(long element) {
    return Memory.getDouble(MemberBlock.attached(element));
  }

  /** Sets the score; whoever keeps elements in order must know. */
  static void score(long element, double score) {
    Memory.putDouble(MemberBlock.attached(element), score);
  }

  /** Whether an element is below another one in the order of sorted sets. */
  static boolean isBelow(long element, long other) {
    double score = score(element);
    double bound = score(other);
    return score < bound
        || score == bound
            && Memory.compare(
                    MemberBlock.address(element),
                    MemberBlock.length(element),
                    MemberBlock.address(other),
                    MemberBlock.length(other))
                < 0;
  }

  /** Arena bytes of an element. */
  public static long bytes(long element) {
    return Arena.capacity(MemberBlock.bytes(element) + Double.BYTES);
  }
}
