package io.hashslot.structure;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.Memory;
import java.math.BigInteger;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BitsTest {
  private static final int BYTES = 41;
  private static final int BITS = BYTES * 8;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final long address = Memory.allocate(BYTES);
  private final BitSet model = new BitSet(BITS);

  @AfterEach
  void free() {
    Memory.free(address);
  }

  @Test
  void countsAndFindsWhatAModelCountsAndFinds() {
    for (int round = 0; round < 3000; round++) {
      fill(random.nextInt(5));
      long from = random.nextInt(BITS);
      long to = from + random.nextInt((int) (BITS - from));
      String place = "seed %d, round %d, %d to %d".formatted(seed, round, from, to);
      assertThat(Bits.count(address, from, to))
          .as(place)
          .isEqualTo(model.get((int) from, (int) to + 1).cardinality());
      long one = model.nextSetBit((int) from);
      long zero = model.nextClearBit((int) from);
      assertThat(Bits.find(address, 1, from, to)).as(place).isEqualTo(one > to ? -1 : one);
      assertThat(Bits.find(address, 0, from, to)).as(place).isEqualTo(zero > to ? -1 : zero);
    }
  }

  @Test
  void readsBackWhatItHasWritten() {
    for (int round = 0; round < 3000; round++) {
      fill(2);
      int bits = random.nextInt(1, 65);
      int at = random.nextInt(BITS - bits + 1);
      long value = random.nextLong() >>> 64 - bits;
      BitSet before = model.get(0, BITS);
      Bits.write(address, at, bits, value);
      assertThat(Bits.read(address, BYTES, at, bits)).as("seed %d", seed).isEqualTo(value);
      BigInteger written = new BigInteger(Long.toUnsignedString(value));
      for (int i = 0; i < BITS; i++) {
        boolean inside = i >= at && i < at + bits;
        boolean expected = inside ? written.testBit(bits - 1 - (i - at)) : before.get(i);
        assertThat(Bits.get(address, i) == 1).as("seed %d, bit %d", seed, i).isEqualTo(expected);
      }
    }
  }

  @Test
  void whatIsBehindTheEndCountsAsZeros() {
    Memory.fill(address, BYTES, 0xFF);
    assertThat(Bits.read(address, 2, 12, 8)).isEqualTo(0xF0);
    assertThat(Bits.read(address, 2, 16, 64)).isZero();
    assertThat(Bits.read(address, 0, 0, 1)).isZero();
  }

  /** Mostly zeros, mostly ones, all alike, or anything. */
  private void fill(int how) {
    for (int i = 0; i < BITS; i++) {
      boolean one =
          switch (how) {
            case 0 -> false;
            case 1 -> true;
            case 2 -> random.nextBoolean();
            case 3 -> random.nextInt(100) == 0;
            default -> random.nextInt(100) != 0;
          };
      model.set(i, one);
      Bits.set(address, i, one ? 1 : 0);
    }
  }
}
