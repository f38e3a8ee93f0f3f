package io.hashslot.structure;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.Memory;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeededHashTest {
  private final long memory = Memory.allocate(512);

  @Test
  void oneBitOfTheKeyChangesHalfOfTheHash() {
    Random random = new Random(1);
    for (int length : new int[] {1, 3, 4, 7, 8, 12, 16, 17, 24, 31, 33, 48, 64, 65, 100, 200}) {
      long changed = 0;
      int flips = 0;
      for (int round = 0; round < 40; round++) {
        byte[] key = new byte[length];
        random.nextBytes(key);
        Memory.copy(key, 0, memory, length);
        long hash = SeededHash.hash(5, memory, length);
        for (int bit = 0; bit < length * 8; bit++) {
          Memory.putByte(memory + bit / 8, key[bit / 8] ^ 1 << bit % 8);
          long other = SeededHash.hash(5, memory, length);
          assertThat(other).isNotEqualTo(hash);
          changed += Long.bitCount(hash ^ other);
          flips++;
          Memory.putByte(memory + bit / 8, key[bit / 8]);
        }
      }
      assertThat((double) changed / flips).as("length %d", length).isBetween(30.5, 33.5);
    }
  }

  @Test
  void dependsOnSeedAndLength() {
    Memory.fill(memory, 512, 0);
    Set<Long> seen = new HashSet<>();
    for (int length = 0; length <= 512; length++) {
      assertThat(seen.add(SeededHash.hash(1, memory, length))).isTrue();
      assertThat(seen.add(SeededHash.hash(2, memory, length))).isTrue();
    }
  }

  @Test
  void readsNothingBesideTheKey() {
    for (int length = 0; length <= 200; length++) {
      Memory.fill(memory, 512, 1);
      long hash = SeededHash.hash(3, memory + 100, length);
      Memory.fill(memory, 100, 2);
      Memory.fill(memory + 100 + length, 100, 2);
      assertThat(SeededHash.hash(3, memory + 100, length)).isEqualTo(hash);
    }
  }
}
