package io.hashslot.structure;

import io.hashslot.memory.Memory;

/** The picture of a node of a {@link RecordTree}: what stands before its records. */
final class RecordNode {
  /** Bytes of a full node. */
  static final int BYTES = 1024;

  static final int HEADER_BYTES = 8;

  private static final int USED = 0;
  private static final int LEVEL = 2;
  private static final int BLOCK = 4;

  private RecordNode() {}

  /** Writes the header of a node without records. */
  static void write(long node, int level, int blockBytes) {
    Memory.putShort(node + USED, 0);
    Memory.putShort(node + LEVEL, level);
    Memory.putInt(node + BLOCK, blockBytes);
  }

  /** How many records the node has. */
  static int used(long node) {
    return Memory.getShort(node + USED);
  }

  static void putUsed(long node, int used) {
    Memory.putShort(node + USED, used);
  }

  /** How far the node is above the leaves, which are level 0. */
  static int level(long node) {
    return Memory.getShort(node + LEVEL);
  }

  /** Bytes of the node's block. */
  static int block(long node) {
    return Memory.getInt(node + BLOCK);
  }
}
