package io.hashslot.structure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hashslot.memory.CheckingArena;
import io.hashslot.memory.Memory;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HyperLogLogTest {
  private static final int MOST_SPARSE = 3000;

  private final CheckingArena arena = new CheckingArena();
  private final ArenaRoom room = new ArenaRoom(arena);
  private final long scratch = Memory.allocate(64);

  @BeforeEach
  void makeEmpty() {
    HyperLogLog.create(room);
  }

  @AfterEach
  void nothingLeaks() {
    room.close();
    arena.close();
    Memory.free(scratch);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldHoldTheSameRegistersInBothForms(long seed) {
    Random random = new Random(seed);
    byte[] model = new byte[HyperLogLog.REGISTERS];
    int range = seed == 1 ? 40 : HyperLogLog.REGISTERS;
    for (int step = 0; step < 6000; step++) {
      int index = random.nextInt(range);
      int value = 1 + random.nextInt(step < 5000 ? 4 : 40);
      boolean less = model[index] < value;
      assertThat(HyperLogLog.raise(room, index, value, MOST_SPARSE)).isEqualTo(less);
      model[index] = (byte) Math.max(model[index], value);
      if (step % 100 == 0) {
        assertThat(registers()).as("seed %d, step %d", seed, step).isEqualTo(model);
        assertThat(count()).isEqualTo(HyperLogLog.count(model));
      }
      if (HyperLogLog.isSparse(room.address())) {
        assertThat(room.length()).isLessThanOrEqualTo(MOST_SPARSE);
      } else {
        assertThat(room.length()).isEqualTo(HyperLogLog.DENSE_BYTES);
      }
    }
    assertThat(HyperLogLog.isSparse(room.address())).isFalse();
    assertThat(registers()).isEqualTo(model);
  }

  @Test
  void shouldEstimateWithinTheErrorOfTheTheory() {
    int next = 10;
    for (int i = 1; i <= 1_000_000; i++) {
      Memory.putLong(scratch, i);
      long hash = HyperLogLog.hash(scratch, 8);
      HyperLogLog.raise(room, HyperLogLog.index(hash), HyperLogLog.value(hash), MOST_SPARSE);
      if (i == next) {
        assertThat(count()).isCloseTo(i, within((long) Math.ceil(i * 0.025)));
        next *= 10;
      }
    }
  }

  @Test
  void shouldSplitAndJoinRuns() {
    HyperLogLog.raise(room, 100, 3, MOST_SPARSE);
    assertThat(runs()).isEqualTo("Z:100 v:3,1 Z:16283");
    HyperLogLog.raise(room, 102, 3, MOST_SPARSE);
    assertThat(runs()).isEqualTo("Z:100 v:3,1 z:1 v:3,1 Z:16281");
    HyperLogLog.raise(room, 101, 3, MOST_SPARSE);
    assertThat(runs()).isEqualTo("Z:100 v:3,3 Z:16281");
    HyperLogLog.raise(room, 101, 5, MOST_SPARSE);
    assertThat(runs()).isEqualTo("Z:100 v:3,1 v:5,1 v:3,1 Z:16281");
    HyperLogLog.raise(room, 0, 32, MOST_SPARSE);
    assertThat(runs()).isEqualTo("v:32,1 Z:99 v:3,1 v:5,1 v:3,1 Z:16281");
    HyperLogLog.raise(room, 16383, 1, MOST_SPARSE);
    assertThat(runs()).endsWith(" Z:16280 v:1,1");
  }

  @Test
  void shouldGoOverToTheDenseFormWhenTheSparseOneIsFullOrCannotHoldAValue() {
    HyperLogLog.raise(room, 1, 33, MOST_SPARSE);
    assertThat(HyperLogLog.isSparse(room.address())).isFalse();
    assertThat(HyperLogLog.get(room.address(), room.length(), 1)).isEqualTo(33);
    makeEmpty();
    HyperLogLog.raise(room, 1, 2, 0);
    assertThat(HyperLogLog.isSparse(room.address())).isFalse();
  }

  @Test
  void shouldRememberACountUntilARegisterChanges() {
    assertThat(HyperLogLog.lastCount(room.address())).isZero();
    HyperLogLog.raise(room, 1, 2, MOST_SPARSE);
    assertThat(HyperLogLog.lastCount(room.address())).isNegative();
    HyperLogLog.putLastCount(room.address(), 7);
    HyperLogLog.raise(room, 1, 2, MOST_SPARSE);
    assertThat(HyperLogLog.lastCount(room.address())).isEqualTo(7);
  }

  @Test
  void shouldTellWhatIsNone() {
    assertThat(HyperLogLog.isOne(room.address(), room.length())).isTrue();
    assertThat(HyperLogLog.isOne(room.address(), 15)).isFalse();
    Memory.putByte(room.address() + 4, 0);
    assertThat(HyperLogLog.isOne(room.address(), room.length())).as("too short").isFalse();
    Memory.putByte(room.address() + 4, 2);
    assertThat(HyperLogLog.isOne(room.address(), room.length())).as("unknown form").isFalse();
    Memory.putByte(room.address() + 4, 1);
    Memory.putByte(room.address(), 'h');
    assertThat(HyperLogLog.isOne(room.address(), room.length())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "7ffe", "7f", "7fff00", "7fffff", "7ffb8b8b", "3f7fff"})
  void shouldNoticeRegistersThatDoNotAddUp(String hex) {
    byte[] runs = HexFormat.of().parseHex(hex);
    long string = room.resize(16 + runs.length);
    Memory.copy(runs, 0, string + 16, runs.length);
    assertThatThrownBy(() -> HyperLogLog.count(string, room.length()))
        .isInstanceOf(CorruptedHyperLogLogException.class);
    assertThatThrownBy(() -> HyperLogLog.toDense(room))
        .isInstanceOf(CorruptedHyperLogLogException.class);
  }

  @Test
  void shouldHashAsTheFormatAsks() {
    // Registers that valkey-server 8.0.1 fills for these elements.
    assertThat(runsOf("a")).isEqualTo(RUNS_OF_A);
    assertThat(runsOf("hello world")).isEqualTo(RUNS_OF_HELLO_WORLD);
  }

  private static final String RUNS_OF_A = "Z:12711 v:2,1 Z:3672";
  private static final String RUNS_OF_HELLO_WORLD = "Z:9399 v:4,1 Z:6984";

  private String runsOf(String element) {
    makeEmpty();
    byte[] bytes = element.getBytes(ISO_8859_1);
    Memory.copy(bytes, 0, scratch, bytes.length);
    long hash = HyperLogLog.hash(scratch, bytes.length);
    HyperLogLog.raise(room, HyperLogLog.index(hash), HyperLogLog.value(hash), MOST_SPARSE);
    return runs();
  }

  private String runs() {
    StringBuilder text = new StringBuilder();
    HyperLogLog.runs(room.address(), room.length(), text::append);
    return text.toString();
  }

  private long count() {
    return HyperLogLog.count(room.address(), room.length());
  }

  private byte[] registers() {
    byte[] registers = new byte[HyperLogLog.REGISTERS];
    HyperLogLog.raiseAll(registers, room.address(), room.length());
    for (int i = 0; i < registers.length; i += 37) {
      assertThat(HyperLogLog.get(room.address(), room.length(), i)).isEqualTo(registers[i]);
    }
    return registers;
  }
}
