package io.hashslot.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryTest {
  private final long memory = Memory.allocate(4096);

  @AfterEach
  void free() {
    Memory.free(memory);
  }

  @Test
  void copiesOfEveryShortLengthAreExact() {
    byte[] source = new byte[100];
    new Random(1).nextBytes(source);
    for (int length = 0; length <= 100; length++) {
      Memory.copy(source, 0, memory + 3, length);
      Memory.fill(memory + 500, 200, 77);
      Memory.copy(memory + 3, memory + 501, length);
      assertThat(Memory.bytes(memory + 501, length)).isEqualTo(Arrays.copyOf(source, length));
      assertThat(Memory.getByte(memory + 500)).isEqualTo((byte) 77);
      assertThat(Memory.getByte(memory + 501 + length)).isEqualTo((byte) 77);
    }
  }

  @Test
  void overlappingCopiesMoveTheBytes() {
    for (int length = 1; length <= 64; length++) {
      for (int shift = -5; shift <= 5; shift++) {
        byte[] source = new byte[length];
        new Random(length).nextBytes(source);
        Memory.copy(source, 0, memory + 100, length);
        Memory.copy(memory + 100, memory + 100 + shift, length);
        assertThat(Memory.bytes(memory + 100 + shift, length)).isEqualTo(source);
      }
    }
  }

  @Test
  void equalitySeesEveryByte() {
    for (int length = 0; length <= 40; length++) {
      for (int different = -1; different < length; different++) {
        Memory.fill(memory, 64, 9);
        Memory.fill(memory + 101, 64, 9);
        Memory.putByte(memory + 101 + length, 1);
        if (different >= 0) {
          Memory.putByte(memory + 101 + different, 8);
        }
        assertThat(Memory.equal(memory, memory + 101, length)).isEqualTo(different < 0);
      }
    }
  }

  @Test
  void comparisonIsThatOfUnsignedBytes() {
    Random random = new Random(3);
    for (int i = 0; i < 5000; i++) {
      byte[] one = new byte[random.nextInt(20)];
      byte[] other = new byte[random.nextInt(20)];
      for (byte[] bytes : new byte[][] {one, other}) {
        for (int j = 0; j < bytes.length; j++) {
          bytes[j] = (byte) (random.nextInt(2) * 255 + random.nextInt(10) / 9);
        }
      }
      Memory.copy(one, 0, memory, one.length);
      Memory.copy(other, 0, memory + 100, other.length);
      assertThat(Integer.signum(Memory.compare(memory, one.length, memory + 100, other.length)))
          .isEqualTo(Integer.signum(Arrays.compareUnsigned(one, other)));
    }
  }
}
