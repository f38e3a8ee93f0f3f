package io.hashslot.structure;

import io.hashslot.memory.Memory;

/**
 * Austin Appleby's MurmurHash64A of bytes in native memory, taken as little endian: what the
 * registers of {@link HyperLogLog} are chosen by. Public and unkeyed, so no hash for tables.
 */
final class MurmurHash64 {
  private static final long MULTIPLIER = 0xc6a4a7935bd1e995L;
  private static final int SHIFT = 47;

  private MurmurHash64() {}

  static long hash(long address, int length, long seed) {
    long hash = seed ^ length * MULTIPLIER;
    int whole = length & ~7;
    for (int i = 0; i < whole; i += Long.BYTES) {
      long part = Memory.getLong(address + i) * MULTIPLIER;
      hash = (hash ^ (part ^ part >>> SHIFT) * MULTIPLIER) * MULTIPLIER;
    }
    if (whole < length) {
      long rest = 0;
      for (int i = length - 1; i >= whole; i--) {
        rest = rest << 8 | Memory.getUnsignedByte(address + i);
      }
      hash = (hash ^ rest) * MULTIPLIER;
    }
    hash = (hash ^ hash >>> SHIFT) * MULTIPLIER;
    return hash ^ hash >>> SHIFT;
  }
}
