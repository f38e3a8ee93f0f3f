package io.hashslot.structure;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.Memory;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LzfTest {
  private final Lzf lzf = new Lzf();

  /** Compresses and decompresses; returns the compressed size, 0 if it did not fit. */
  private int roundTrip(byte[] bytes, int room) {
    long source = Memory.allocate(Math.max(1, bytes.length));
    long packed = Memory.allocate(Math.max(1, room));
    long unpacked = Memory.allocate(Math.max(1, bytes.length));
    try {
      for (int i = 0; i < bytes.length; i++) {
        Memory.putByte(source + i, bytes[i]);
      }
      int size = lzf.compress(source, bytes.length, packed, room);
      assertThat(size).isBetween(0, room);
      if (size > 0) {
        assertThat(Lzf.decompress(packed, size, unpacked, bytes.length)).isTrue();
        assertThat(Memory.bytes(unpacked, bytes.length)).isEqualTo(bytes);
      }
      return size;
    } finally {
      Memory.free(source);
      Memory.free(packed);
      Memory.free(unpacked);
    }
  }

  @Test
  void shouldGiveBackInputsOfAnyLengthOneAfterTheOtherWithTheSameTable() {
    long seed = 20261122;
    Random random = new Random(seed);
    for (int i = 0; i < 3000; i++) {
      byte[] bytes = new byte[random.nextInt(i % 50 == 0 ? 40_000 : 300) + 1];
      int letters = 1 + random.nextInt(6);
      for (int at = 0; at < bytes.length; at++) {
        bytes[at] = (byte) ('a' + random.nextInt(letters));
      }

      int size = roundTrip(bytes, bytes.length + bytes.length / 32 + 2);

      assertThat(size).as("seed %d, input %d", seed, i).isPositive();
    }
  }

  @Test
  void shouldNotTakeAnEarlierInputForThisOne() {
    byte[] text = "all that was here before is of no use for what comes now".getBytes(US_ASCII);

    int first = roundTrip(text, 200);
    int second = roundTrip(text, 200);

    assertThat(second).isEqualTo(first);
  }

  @Test
  void shouldShrinkRepetitionsOfShortAndOfLongInputs() {
    assertThat(roundTrip("abcabcabcabcabcabcabcabcabc".getBytes(US_ASCII), 22)).isBetween(1, 12);
    byte[] zeros = new byte[20_000];
    assertThat(roundTrip(zeros, zeros.length - 4)).isBetween(1, zeros.length / 80);
  }

  @Test
  void shouldReturnNothingIfThereIsTooLittleRoom() {
    byte[] noise = new byte[500];
    new Random(7).nextBytes(noise);

    assertThat(roundTrip(noise, noise.length - 4)).isZero();
  }
}
