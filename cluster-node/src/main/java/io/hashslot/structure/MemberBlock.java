package io.hashslot.structure;

import io.hashslot.memory.Memory;

/**
 * The layout of a block that begins with the bytes of a member of a {@link MemberTable}: a member
 * of a set, the field of a hash, a member of a sorted set. What stands behind it in the block is
 * its owner's. All static.
 *
 * <pre>
 *   0       length of the member, 0 to 254; 255: it follows in four bytes
 *   1 or 5  the member
 *   …       what is attached to it
 * </pre>
 */
public final class MemberBlock {
  private static final int SHORT_LIMIT = 254;
  private static final int LONG_HEADER = 5;

  private MemberBlock() {}

  /** Bytes of a block for a member of this length, without anything attached to it. */
  public static long bytes(int length) {
    return (long) headerBytes(length) + length;
  }

  /**
   * Bytes of header and member of a block: where {@linkplain #bytes(int) what is attached} begins.
   */
  public static long bytes(long block) {
    return bytes(length(block));
  }

  /** Length of the member. */
  public static int length(long block) {
    int length = Memory.getUnsignedByte(block);
    return length <= SHORT_LIMIT ? length : Memory.getInt(block + 1);
  }

  /** Where the bytes of the member begin. */
  public static long address(long block) {
    return block + (Memory.getUnsignedByte(block) <= SHORT_LIMIT ? 1 : LONG_HEADER);
  }

  /** Where what is attached to the member begins. */
  public static long attached(long block) {
    return block + bytes(block);
  }

  /** Writes header and member into a block of at least {@link #bytes(int)} bytes. */
  public static void write(long block, long address, int length) {
    if (length <= SHORT_LIMIT) {
      Memory.putByte(block, length);
    } else {
      Memory.putByte(block, SHORT_LIMIT + 1);
      Memory.putInt(block + 1, length);
    }
    Memory.copy(address, block + headerBytes(length), length);
  }

  private static int headerBytes(int length) {
    return length <= SHORT_LIMIT ? 1 : LONG_HEADER;
  }
}
