package io.hashslot.structure;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.Arena;
import io.hashslot.memory.CheckingArena;
import io.hashslot.memory.Memory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanTableTest {
  /** A table of numbers: an element is a block with the number in it. */
  private static final class Numbers extends ScanTable {
    private final boolean poorHash;

    Numbers(Arena arena, boolean poorHash) {
      super(arena);
      this.poorHash = poorHash;
      wrap(create(arena));
    }

    @Override
    protected long hashOf(long element) {
      return hash(Memory.getLong(element));
    }

    long hash(long number) {
      if (poorHash) {
        return number % 5 << 32 | number % 3;
      }
      Memory.putLong(SCRATCH, number);
      return SeededHash.hash(99, SCRATCH, 8);
    }

    long find(long number) {
      for (long e = seek(hash(number)); e != 0; e = next()) {
        if (Memory.getLong(e) == number) {
          return e;
        }
      }
      return 0;
    }

    void add(long number) {
      long block = arena.allocate(8);
      Memory.putLong(block, number);
      insert(hash(number), block);
    }

    boolean drop(long number) {
      long block = find(number);
      if (block == 0) {
        return false;
      }
      remove();
      arena.free(block, 8);
      return true;
    }
  }

  private static final long SCRATCH = Memory.allocate(8);

  private final CheckingArena arena = new CheckingArena();

  @AfterEach
  void nothingLeaks() {
    arena.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void behavesLikeASet(boolean poorHash) {
    Numbers table = new Numbers(arena, poorHash);
    Random random = new Random(1);
    Set<Long> model = new HashSet<>();
    int range = poorHash ? 300 : 5000;
    for (int step = 0; step < (poorHash ? 20_000 : 100_000); step++) {
      long number = random.nextInt(range);
      boolean growing = step / 10_000 % 2 == 0;
      if (random.nextInt(10) < (growing ? 7 : 3)) {
        if (model.add(number)) {
          table.add(number);
        }
      } else {
        assertThat(table.drop(number)).isEqualTo(model.remove(number));
      }
      assertThat(table.size()).isEqualTo(model.size());
      if (step % 5000 == 0) {
        for (long i = 0; i < range; i++) {
          assertThat(table.find(i) != 0).isEqualTo(model.contains(i));
        }
        assertThat(scanned(table)).isEqualTo(model);
      }
    }
    clear(table);
  }

  @Test
  void growsAndShrinksOneBucketAtATimeAndGivesMemoryBack() {
    Numbers table = new Numbers(arena, false);
    for (long i = 0; i < 50_000; i++) {
      int before = table.buckets();
      table.add(i);
      assertThat(table.buckets() - before).isBetween(0, 1);
    }
    assertThat(table.bytes() / 50_000.0).isLessThan(15);
    for (long i = 0; i < 50_000; i++) {
      int before = table.buckets();
      table.drop(i);
      assertThat(before - table.buckets()).isBetween(0, 1);
    }
    assertThat(table.buckets()).isEqualTo(1);
    assertThat(table.bytes()).isLessThan(1000);
    clear(table);
  }

  @Test
  void anElementTakesAboutTheSameIndexBytesAtEverySize() {
    Numbers table = new Numbers(arena, false);
    for (long i = 0; i < 40_000; i++) {
      table.add(i);
      if (i > 100 && i % 50 == 0) {
        assertThat((double) table.bytes() / i).isLessThan(i > 10_000 ? 15 : 17.5);
      }
    }
    clear(table);
  }

  @Test
  void scanReturnsEachElementOnceWhileTheTableOnlyGrows() {
    Numbers table = new Numbers(arena, false);
    for (long i = 0; i < 1000; i++) {
      table.add(i);
    }
    Map<Long, Integer> seen = new HashMap<>();
    long cursor = 0;
    long added = 1000;
    do {
      cursor = table.scan(cursor, e -> seen.merge(Memory.getLong(e), 1, Integer::sum));
      for (int i = 0; i < 20; i++) {
        table.add(added++);
      }
    } while (cursor != 0);
    for (long i = 0; i < 1000; i++) {
      assertThat(seen).containsEntry(i, 1);
    }
    assertThat(seen.values()).containsOnly(1);
    clear(table);
  }

  @Test
  void scanReturnsWhatStaysWhileTheTableGrowsAndShrinks() {
    for (int seed = 0; seed < 50; seed++) {
      Numbers table = new Numbers(arena, false);
      Random random = new Random(seed);
      int staying = random.nextInt(500);
      for (long i = 0; i < staying; i++) {
        table.add(i);
      }
      TreeSet<Long> others = new TreeSet<>();
      Set<Long> seen = new HashSet<>();
      long cursor = 0;
      do {
        cursor = table.scan(cursor, e -> seen.add(Memory.getLong(e)));
        boolean growing = random.nextBoolean();
        for (int i = random.nextInt(200); i > 0; i--) {
          if (growing && others.size() < 3000) {
            long number = 1000 + random.nextInt(100_000);
            if (others.add(number)) {
              table.add(number);
            }
          } else if (!others.isEmpty()) {
            table.drop(others.pollFirst());
          }
        }
      } while (cursor != 0);
      for (long i = 0; i < staying; i++) {
        assertThat(seen).as("seed %d", seed).contains(i);
      }
      clear(table);
    }
  }

  @Test
  void samplesAreFair() {
    Numbers table = new Numbers(arena, false);
    for (long i = 0; i < 200; i++) {
      table.add(i);
    }
    Random random = new Random(4);
    int[] drawn = new int[200];
    for (int i = 0; i < 100_000; i++) {
      drawn[(int) Memory.getLong(table.sample(random::nextLong))]++;
    }
    assertThat(drawn)
        .satisfies(
            all -> {
              for (int times : all) {
                assertThat(times).isBetween(390, 610);
              }
            });
    clear(table);
  }

  @ParameterizedTest
  @ValueSource(strings = {"key:%012d", "{tag}%d", "%d", "user:{%d}:profile", "random"})
  void aProbeLooksAtFewerThanTwoBucketsAndHardlyEverAtAWrongElement(String form) {
    Random random = new Random(8);
    long scratch = Memory.allocate(64);
    List<Long> hashes = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      byte[] key = new byte[16];
      if (form.equals("random")) {
        random.nextBytes(key);
      } else {
        key = form.formatted(i).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      }
      Memory.copy(key, 0, scratch, key.length);
      hashes.add(SeededHash.hash(17, scratch, key.length));
    }
    Memory.free(scratch);
    ByHash table = new ByHash(arena, hashes);
    int checkpoint = 20_000;
    for (int i = 0; i < hashes.size(); i++) {
      table.insert(hashes.get(i), i + 1);
      if (i + 1 == checkpoint) {
        long candidates = 0;
        for (int j = 0; j <= i; j++) {
          candidates++;
          for (long e = table.seek(hashes.get(j)); e != j + 1; e = table.next()) {
            candidates++;
          }
        }
        assertThat((double) candidates / (i + 1)).isLessThan(1.01);
        assertThat(table.averageBuckets()).isLessThan(1.3);
        checkpoint += 10_000;
      }
    }
    table.destroy();
  }

  /** Elements are numbers of hashes, so that nothing but the index is measured. */
  private static final class ByHash extends ScanTable {
    private final List<Long> hashes;

    ByHash(Arena arena, List<Long> hashes) {
      super(arena);
      this.hashes = hashes;
      wrap(create(arena));
    }

    @Override
    protected long hashOf(long element) {
      return hashes.get((int) element - 1);
    }

    /** Buckets looked at to find an element, on average over all that are in the table. */
    double averageBuckets() {
      long looked = 0;
      long[] inChain = new long[1];
      long cursor = 0;
      do {
        inChain[0] = 0;
        cursor = scan(cursor, _ -> inChain[0]++);
        for (int i = 0; i < inChain[0]; i++) {
          looked += i / 7 + 1;
        }
      } while (cursor != 0);
      return (double) looked / size();
    }
  }

  private static Set<Long> scanned(Numbers table) {
    Set<Long> seen = new HashSet<>();
    long cursor = 0;
    do {
      cursor = table.scan(cursor, e -> assertThat(seen.add(Memory.getLong(e))).isTrue());
    } while (cursor != 0);
    return seen;
  }

  private void clear(Numbers table) {
    while (table.drain(e -> arena.free(e, 8))) {}
  }
}
