package io.hashslot.keyspace;

import io.hashslot.memory.Memory;
import java.util.Arrays;

/**
 * Native copies of keys that come from the heap, all dropped together. Copies stay in place while
 * more are made.
 */
final class KeyBytes {
  private static final int FIRST_BYTES = 4096;

  /** Blocks taken in this round; the first one is kept for the next. */
  private long[] blocks = {Memory.allocate(FIRST_BYTES)};

  private int count = 1;
  private long at = blocks[0];
  private long end = at + FIRST_BYTES;

  long copy(byte[] bytes) {
    if (bytes.length > end - at) {
      int size = Math.max(FIRST_BYTES, bytes.length);
      if (count == blocks.length) {
        blocks = Arrays.copyOf(blocks, count * 2);
      }
      at = Memory.allocate(size);
      end = at + size;
      blocks[count++] = at;
    }
    long copy = at;
    Memory.copy(bytes, 0, copy, bytes.length);
    at += bytes.length;
    return copy;
  }

  void clear() {
    while (count > 1) {
      Memory.free(blocks[--count]);
    }
    at = blocks[0];
    end = at + FIRST_BYTES;
  }
}
