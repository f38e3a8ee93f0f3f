package io.hashslot.structure;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.CheckingArena;
import io.hashslot.memory.Memory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntSetTest {
  private final CheckingArena arena = new CheckingArena();
  private final ArenaRoom room = new ArenaRoom(arena);

  @BeforeEach
  void makeEmptySet() {
    IntSet.create(room);
  }

  @AfterEach
  void nothingLeaks() {
    room.close();
    arena.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void shouldBehaveLikeASortedSet(long seed) {
    Random random = new Random(seed);
    TreeSet<Long> model = new TreeSet<>();
    int bits = 8 + random.nextInt(57);
    for (int step = 0; step < 20_000; step++) {
      long value = random.nextLong() >> 64 - (step < 10_000 ? Math.min(bits, 12) : bits);
      if (step % 7 == 0 && !model.isEmpty()) {
        value = model.first();
      }
      switch (random.nextInt(model.size() < 200 ? 3 : 5)) {
        case 0, 1 -> assertThat(IntSet.add(room, value)).isEqualTo(model.add(value));
        case 2 ->
            assertThat(IntSet.contains(room.address(), value)).isEqualTo(model.contains(value));
        default -> assertThat(IntSet.remove(room, value)).isEqualTo(model.remove(value));
      }
      assertThat(IntSet.count(room.address())).isEqualTo(model.size());
      if (step % 500 == 0) {
        assertThat(numbers()).as("seed %d", seed).containsExactly(model.toArray(new Long[0]));
        assertThat(model.isEmpty() || IntSet.valid(room.address(), room.length())).isTrue();
      }
    }
  }

  @Test
  void shouldHaveTheBytesOfTheFormat() {
    for (long value : new long[] {5, -3, 5, 300}) {
      IntSet.add(room, value);
    }
    assertThat(hex()).isEqualTo("0200000003000000" + "fdff" + "0500" + "2c01");
  }

  @Test
  void shouldWidenAsFarAsNeededAndNeverNarrow() {
    IntSet.add(room, 1);
    IntSet.add(room, -32769);
    assertThat(hex()).isEqualTo("0400000002000000" + "ff7fffff" + "01000000");
    IntSet.add(room, 1L << 31);
    assertThat(hex())
        .isEqualTo(
            "0800000003000000" + "ff7fffffffffffff" + "0100000000000000" + "0000008000000000");
    IntSet.remove(room, 1L << 31);
    IntSet.remove(room, -32769);
    assertThat(hex()).isEqualTo("0800000001000000" + "0100000000000000");
  }

  @Test
  void shouldHoldTheOutermostNumbers() {
    for (long value : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, 0, 32767, -32768}) {
      assertThat(IntSet.add(room, value)).isTrue();
      assertThat(IntSet.add(room, value)).isFalse();
    }
    assertThat(numbers()).containsExactly(Long.MIN_VALUE, -32768L, 0L, 32767L, Long.MAX_VALUE);
    IntSet.removeAt(room, 2);
    assertThat(numbers()).containsExactly(Long.MIN_VALUE, -32768L, 32767L, Long.MAX_VALUE);
  }

  @Test
  void shouldRefuseBytesThatAreNoSet() {
    assertThat(valid("0200000002000000" + "0100" + "0200")).isTrue();
    assertThat(valid("0800000001000000" + "0100000000000000")).as("wider than needed").isTrue();
    assertThat(valid("0200000000000000")).as("empty").isFalse();
    assertThat(valid("0200000002000000" + "0200" + "0100")).as("order").isFalse();
    assertThat(valid("0200000002000000" + "0100" + "0100")).as("repetition").isFalse();
    assertThat(valid("0300000001000000" + "010000")).as("width").isFalse();
    assertThat(valid("0200000002000000" + "0100")).as("too short").isFalse();
    assertThat(valid("0200000001000000" + "01000200")).as("too long").isFalse();
    assertThat(valid("02000000ffffffff" + "0100")).as("count").isFalse();
    assertThat(valid("0200000002")).as("header").isFalse();
  }

  private boolean valid(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    long block = arena.allocate(bytes.length);
    Memory.copy(bytes, 0, block, bytes.length);
    try {
      return IntSet.valid(block, bytes.length);
    } finally {
      arena.free(block, bytes.length);
    }
  }

  private Long[] numbers() {
    Long[] numbers = new Long[IntSet.count(room.address())];
    Arrays.setAll(numbers, i -> IntSet.get(room.address(), i));
    return numbers;
  }

  private String hex() {
    return HexFormat.of().formatHex(room.bytes());
  }
}
