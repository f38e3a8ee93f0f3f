package io.hashslot.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArenaTest {
  @Test
  void capacitiesHaveEightStepsToEachPowerOfTwo() {
    assertThat(Arena.capacity(1)).isEqualTo(16);
    assertThat(Arena.capacity(16)).isEqualTo(16);
    assertThat(Arena.capacity(44)).isEqualTo(48);
    assertThat(Arena.capacity(128)).isEqualTo(128);
    assertThat(Arena.capacity(129)).isEqualTo(144);
    assertThat(Arena.capacity(256)).isEqualTo(256);
    assertThat(Arena.capacity(257)).isEqualTo(288);
    assertThat(Arena.capacity(16384)).isEqualTo(16384);
    assertThat(Arena.capacity(16385)).isEqualTo(18432);
    assertThat(Arena.capacity((1L << 30) + 1)).isEqualTo(9L << 27);
  }

  @Test
  void everySizeGetsABlockOfItsCapacityThatNobodyElseHas() {
    CheckingArena arena = new CheckingArena();
    List<long[]> blocks = new ArrayList<>();
    for (int size = 1; size <= 20_000; size += size < 600 ? 1 : 97) {
      long block = arena.allocate(size);
      assertThat(block & 15).isZero();
      Memory.fill(block, Arena.capacity(size), size);
      blocks.add(new long[] {block, size});
    }
    for (long[] block : blocks) {
      assertThat(Memory.getByte(block[0] + Arena.capacity(block[1]) - 1))
          .isEqualTo((byte) block[1]);
      assertThat(Memory.getByte(block[0])).isEqualTo((byte) block[1]);
      arena.free(block[0], block[1]);
    }
    assertThat(arena.usedBytes()).isZero();
    arena.close();
  }

  @Test
  void aBlockThatGetsAnotherSizeKeepsItsBytes() {
    for (Arena arena : List.of(new Arena(), new CheckingArena())) {
      long size = 1;
      long block = arena.allocate(size);
      Memory.putByte(block, 77);
      for (long next : new long[] {100, 16_000, 17_000, 300_000, 9 << 20, 40 << 20, 20_000, 3}) {
        block = arena.resize(block, size, next);
        long kept = Math.min(size, next);
        assertThat(Memory.getByte(block)).isEqualTo((byte) 77);
        assertThat(Memory.getByte(block + kept - 1)).isEqualTo((byte) 77);
        Memory.fill(block, next, 77);
        assertThat(arena.usedBytes()).isEqualTo(Arena.capacity(next));
        size = next;
      }
      arena.free(block, size);
      assertThat(arena.usedBytes()).isZero();
      arena.close();
    }
  }

  @Test
  void accountingIsExactThroughARandomLife() {
    long seed = 5;
    Random random = new Random(seed);
    Arena arena = new Arena();
    List<long[]> blocks = new ArrayList<>();
    long expected = 0;
    for (int step = 0; step < 300_000; step++) {
      boolean growing = step / 50_000 % 2 == 0;
      if (blocks.isEmpty() || random.nextInt(10) < (growing ? 7 : 3)) {
        long size = 1 + (random.nextInt(50) == 0 ? random.nextInt(60_000) : random.nextInt(700));
        long block = arena.allocate(size);
        Memory.putLong(block, block);
        Memory.putLong(block + Arena.capacity(size) - 8, block);
        blocks.add(new long[] {block, size});
        expected += Arena.capacity(size);
      } else {
        long[] block = blocks.set(random.nextInt(blocks.size()), blocks.getLast());
        blocks.removeLast();
        assertThat(Memory.getLong(block[0] + Arena.capacity(block[1]) - 8))
            .as("seed %d", seed)
            .isEqualTo(block[0]);
        arena.free(block[0], block[1]);
        expected -= Arena.capacity(block[1]);
      }
      if (step % 10_000 == 0) {
        assertThat(arena.usedBytes()).isEqualTo(expected);
        assertThat(arena.residentBytes()).isGreaterThanOrEqualTo(expected);
      }
    }
    blocks.forEach(block -> arena.free(block[0], block[1]));
    assertThat(arena.usedBytes()).isZero();
    arena.close();
  }

  @Test
  void emptySlabsAreGivenBackAndUsedAgain() {
    Arena arena = new Arena();
    long[] blocks = new long[100_000];
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < blocks.length; i++) {
        blocks[i] = arena.allocate(48);
        Memory.fill(blocks[i], 48, 1);
      }
      assertThat(arena.residentBytes()).isBetween(4_800_000L, 4_900_000L);
      for (long block : blocks) {
        arena.free(block, 48);
      }
      assertThat(arena.residentBytes()).isLessThan(100_000);
    }
    arena.close();
  }

  @Test
  void aClassThatWasLeftKeepsLittle() {
    Arena arena = new Arena();
    long before = 0;
    for (int round = 0; round < 3; round++) {
      for (int size = 160; size <= 2048; size += 32) {
        long[] blocks = new long[100];
        for (int i = 0; i < blocks.length; i++) {
          blocks[i] = arena.allocate(size);
          Memory.fill(blocks[i], size, 1);
        }
        for (long block : blocks) {
          arena.free(block, size);
        }
      }
      assertThat(arena.usedBytes()).isZero();
      assertThat(arena.residentBytes()).isLessThan(16 * (16 << 10) + 8192);
      before = round == 0 ? arena.residentBytes() : before;
      assertThat(arena.residentBytes()).isEqualTo(before);
    }
    arena.close();
  }

  @Test
  void littleDataTakesLittleMemory() {
    Arena arena = new Arena();
    arena.allocate(48);
    arena.allocate(64);
    arena.allocate(16);
    assertThat(arena.residentBytes()).isEqualTo(4 * 4096);
    arena.close();
  }

  @Test
  void checkingArenaCatchesWritesOutsideOfBlocks() {
    CheckingArena arena = new CheckingArena();
    long behind = arena.allocate(40);
    Memory.putByte(behind + 48, 1);
    assertThatThrownBy(() -> arena.free(behind, 40))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("behind");
    long before = arena.allocate(40);
    Memory.putByte(before - 1, 1);
    assertThatThrownBy(arena::check)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("before");
  }

  @Test
  void checkingArenaCatchesDoubleFreesWrongSizesAndLateWrites() {
    CheckingArena arena = new CheckingArena();
    long block = arena.allocate(40);
    assertThatThrownBy(() -> new CheckingArena().free(block, 40))
        .hasMessageContaining("never taken");
    arena.free(block, 33);
    assertThatThrownBy(() -> arena.free(block, 40)).hasMessageContaining("double free");
    Memory.putByte(block + 3, 1);
    assertThatThrownBy(arena::check).hasMessageContaining("into a freed block");
    CheckingArena other = new CheckingArena();
    long sized = other.allocate(100);
    assertThatThrownBy(() -> other.free(sized, 20)).hasMessageContaining("freed with size");
  }

  @Test
  void checkingArenaNamesTheOwnersOfLeaks() {
    CheckingArena arena = new CheckingArena();
    arena.allocate(40);
    assertThatThrownBy(arena::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("1 blocks leaked");
  }
}
