package io.hashslot.structure;

import io.hashslot.memory.Memory;

/**
 * A keyed 64-bit hash of bytes in native memory, built of 64 × 64 → 128 bit multiplications whose
 * halves are folded by XOR. Sixteen bytes cost two multiplications. The seed is secret and differs
 * from process to process, so nobody outside can choose keys that collide; it is no cryptographic
 * hash. Every bit of the result is usable: tables take the low bits as bucket, bits 32-47 as tag,
 * shards the high bits.
 */
public final class SeededHash {
  private static final long P0 = 0x9E3779B97F4A7C15L;
  private static final long P1 = 0xD1B54A32D192ED03L;
  private static final long P2 = 0x8CB92BA72F3D8DD7L;
  private static final long P3 = 0xAEF17502108EF2D9L;

  private SeededHash() {}

  /** The hash of {@code length} bytes at {@code address}. */
  public static long hash(long seed, long address, int length) {
    long state = seed ^ fold(seed ^ P0, length ^ P1);
    long at = address;
    int left = length;
    while (left > 32) {
      state =
          fold(Memory.getLong(at) ^ P1, Memory.getLong(at + 8) ^ state)
              ^ fold(
                  Memory.getLong(at + 16) ^ P2,
                  Memory.getLong(at + 24) ^ Long.rotateLeft(state, 32));
      at += 32;
      left -= 32;
    }
    if (left > 16) {
      state = fold(Memory.getLong(at) ^ P1, Memory.getLong(at + 8) ^ state);
      at += 16;
      left -= 16;
    }
    long a;
    long b;
    if (left >= 8) {
      a = Memory.getLong(at);
      b = Memory.getLong(at + left - 8);
    } else if (left >= 4) {
      a = Memory.getUnsignedInt(at);
      b = Memory.getUnsignedInt(at + left - 4);
    } else if (left > 0) {
      a =
          (long) Memory.getUnsignedByte(at) << 16
              | (long) Memory.getUnsignedByte(at + (left >>> 1)) << 8
              | Memory.getUnsignedByte(at + left - 1);
      b = 0;
    } else {
      a = 0;
      b = 0;
    }
    return fold(fold(a ^ P2, b ^ state) ^ P3, state ^ length ^ P0);
  }

  /** The hash of a number. */
  public static long hash(long seed, long value) {
    return fold(fold(value ^ P1, seed ^ P2) ^ P0, value ^ seed ^ P3);
  }

  private static long fold(long a, long b) {
    return a * b ^ Math.unsignedMultiplyHigh(a, b);
  }
}
