package io.hashslot.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.CheckingArena;
import io.hashslot.memory.Memory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortedSetValueTest {
  private static final long SCRATCH = Memory.allocate(1024);

  private final CheckingArena arena = new CheckingArena();
  private final ArenaCell cell = new ArenaCell(arena, Kind.SORTED_SET);
  private final EncodingLimits limits = cell.limits();
  private final SortedSetValue value = new SortedSetValue();
  private final Map<String, Double> model = new HashMap<>();

  SortedSetValueTest() {
    value.wrap(cell);
    value.init();
  }

  @AfterEach
  void nothingLeaks() {
    assertThat(cell.dispose(100)).isLessThan(1000);
    arena.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {10_000, 0, 64})
  void behavesLikeAMapInOrderOfScores(int compactEntries) {
    limits.zsetMaxListpackEntries = compactEntries;
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int step = 0; step < 8000; step++) {
      String member = random.nextInt(3) == 0 ? "" + random.nextInt(200) : "m" + random.nextInt(200);
      double score = random.nextInt(4) == 0 ? random.nextDouble() : random.nextInt(20) - 5;
      int dice = random.nextInt(10);
      if (dice < (step / 2000 % 2 == 0 ? 6 : 3)) {
        put(score, member);
      } else if (dice < 9) {
        int length = set(member);
        assertThat(value.remove(SCRATCH, length)).isEqualTo(model.remove(member) != null);
      } else {
        removeSome(random);
      }
      if (step % 500 == 0) {
        compare("seed " + seed);
      }
    }
    compare("seed " + seed);
    assertThat(value.isFull()).isEqualTo(compactEntries < 100);
  }

  @Test
  void becomesFullWhenItHasTooManyElementsOrTooLongOnes() {
    for (int i = 0; i < 128; i++) {
      put(i, "m" + i);
    }
    assertThat(value.encodingName()).isEqualTo("listpack");
    put(5.5, "m127");
    put(1e-7, "m1");
    put(1e300, "m2");
    assertThat(value.encodingName()).isEqualTo("listpack");
    put(128, "m128");
    assertThat(value.encodingName()).isEqualTo("skiplist");
    compare("full");
  }

  @Test
  void aLongMemberMakesItFull() {
    put(1, "x".repeat(64));
    assertThat(value.encodingName()).isEqualTo("listpack");
    put(1, "x".repeat(65));
    assertThat(value.encodingName()).isEqualTo("skiplist");
    put(1, "y".repeat(300));
    compare("full");
  }

  @Test
  void whatIsExpectedMakesItFullAtOnce() {
    value.expect(128, 64);
    assertThat(value.isFull()).isFalse();
    value.expect(129, 1);
    assertThat(value.isFull()).isTrue();
    put(1, "a");
    compare("full");
  }

  @Test
  void aResultBecomesCompactIfItIsSmall() {
    value.expect(Long.MAX_VALUE, 0);
    for (int i = 0; i < 128; i++) {
      put(i * 7 % 128 / 3.0, "m" + i);
    }
    value.compactIfSmall();
    assertThat(value.isFull()).isFalse();
    compare("compact");
    put(1, "one more");
    value.compactIfSmall();
    assertThat(value.isFull()).isTrue();
    compare("full");
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 5000})
  void aCopyHasTheSameElementsAndForm(int elements) {
    for (int i = 0; i < elements; i++) {
      put(i * 7 % 100, "m" + i);
    }
    ArenaCell target = new ArenaCell(arena, Kind.SORTED_SET);
    SortedSetValue copy = new SortedSetValue();
    copy.wrap(target);
    copy.init();
    value.copyTo(copy);
    assertThat(shown(copy)).isEqualTo(shown(value));
    assertThat(copy.encodingName()).isEqualTo(value.encodingName());
    assertThat(copy.ownedBytes()).isLessThanOrEqualTo(value.ownedBytes());
    target.close();
  }

  @Test
  void aScanShowsEverything() {
    for (int i = 0; i < 1000; i++) {
      put(i, "m" + i);
    }
    Set<String> seen = new HashSet<>();
    long cursor = 0;
    do {
      cursor =
          value.scan(
              cursor,
              () -> {
                String member = new String(value.member().bytes(), ISO_8859_1);
                assertThat(value.score()).isEqualTo(model.get(member));
                seen.add(member);
              });
    } while (cursor != 0);
    assertThat(seen).isEqualTo(model.keySet());
  }

  @Test
  void anElementOfALargeSetTakesLessThanInRedis() {
    for (int i = 0; i < 50_000; i++) {
      put(i * 7919 % 50_000, String.format("member:%09d", i));
    }
    assertThat(value.ownedBytes() / 50_000.0).isLessThan(78);
    assertThat(arena.usedBytes() - value.ownedBytes()).isBetween(0L, 1000L);
  }

  private static int set(String member) {
    byte[] bytes = member.getBytes(ISO_8859_1);
    Memory.copy(bytes, 0, SCRATCH, bytes.length);
    return bytes.length;
  }

  private void put(double score, String member) {
    value.put(score, SCRATCH, set(member));
    model.put(member, score);
  }

  private void removeSome(Random random) {
    if (model.isEmpty()) {
      return;
    }
    List<Map.Entry<String, Double>> sorted = sorted();
    int rank = random.nextInt(sorted.size());
    int count = Math.min(random.nextInt(10), sorted.size() - rank);
    value.removeRange(rank, count);
    sorted.subList(rank, rank + count).forEach(entry -> model.remove(entry.getKey()));
  }

  private List<Map.Entry<String, Double>> sorted() {
    return model.entrySet().stream()
        .sorted(
            Map.Entry.<String, Double>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .toList();
  }

  private static List<String> shown(SortedSetValue value) {
    List<String> lines = new ArrayList<>();
    if (!value.isEmpty()) {
      value.select(0);
      do {
        lines.add(new String(value.member().bytes(), ISO_8859_1) + " " + value.score());
      } while (value.next());
    }
    return lines;
  }

  private void compare(String seed) {
    arena.check();
    List<Map.Entry<String, Double>> expected = sorted();
    assertThat(value.size()).as(seed).isEqualTo(expected.size());
    assertThat(shown(value))
        .as(seed)
        .isEqualTo(expected.stream().map(e -> e.getKey() + " " + e.getValue()).toList());
    for (int i = 0; i < expected.size(); i += 7) {
      String member = expected.get(i).getKey();
      double score = expected.get(i).getValue();
      assertThat(value.find(SCRATCH, set(member))).as(seed).isEqualTo(score);
      assertThat(value.rank()).as(seed).isEqualTo(i);
      long below = model.values().stream().filter(other -> other < score).count();
      long notAbove = model.values().stream().filter(other -> other <= score).count();
      assertThat(value.countBelow(score, false)).as(seed).isEqualTo(below);
      assertThat(value.countBelow(score, true)).as(seed).isEqualTo(notAbove);
      value.select(i);
      assertThat(value.previous()).isEqualTo(i > 0);
    }
    assertThat(value.find(SCRATCH, set("nobody"))).isNaN();
  }
}
