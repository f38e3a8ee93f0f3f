package io.hashslot.structure;

import io.hashslot.memory.Memory;

/**
 * The dense form of the registers of a {@link HyperLogLog}: six bits each, one after the other, the
 * lowest bits of a byte first. All static; {@code registers} is where they begin.
 */
final class DenseRegisters {
  static final int BITS = 6;
  static final int BYTES = HyperLogLog.REGISTERS * BITS / Byte.SIZE;
  private static final int MOST = (1 << BITS) - 1;

  private DenseRegisters() {}

  static int get(long registers, int index) {
    int bit = index * BITS;
    int shift = bit & 7;
    long at = registers + (bit >>> 3);
    int low = Memory.getUnsignedByte(at) >>> shift;
    // A register that ends with its byte has no part in the next one, which may not be there.
    int high = shift > 8 - BITS ? Memory.getUnsignedByte(at + 1) << 8 - shift : 0;
    return (low | high) & MOST;
  }

  static void put(long registers, int index, int value) {
    int bit = index * BITS;
    int shift = bit & 7;
    long at = registers + (bit >>> 3);
    Memory.putByte(at, Memory.getUnsignedByte(at) & ~(MOST << shift) | value << shift);
    if (shift > 8 - BITS) {
      int taken = 8 - shift;
      Memory.putByte(at + 1, Memory.getUnsignedByte(at + 1) & ~(MOST >>> taken) | value >>> taken);
    }
  }
}
