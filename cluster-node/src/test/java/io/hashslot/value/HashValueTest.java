package io.hashslot.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.CheckingArena;
import io.hashslot.memory.Memory;
import io.hashslot.structure.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashValueTest {
  private final CheckingArena arena = new CheckingArena();
  private final ArenaCell cell = new ArenaCell(arena, Kind.HASH);
  private final HashValue hash = new HashValue();

  @BeforeEach
  void emptyHash() {
    hash.wrap(cell);
    hash.init();
  }

  @AfterEach
  void nothingLeaks() {
    cell.close();
    arena.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void behavesLikeAMap(int seed) {
    Random random = new Random(seed);
    cell.limits().hashMaxListpackEntries = seed % 2 == 0 ? 100_000 : 20;
    Map<String, String> model = new LinkedHashMap<>();
    for (int step = 0; step < 6000; step++) {
      String field = field(random);
      boolean growing = step / 1000 % 2 == 0;
      if (random.nextInt(10) < (growing ? 7 : 3)) {
        boolean added;
        if (random.nextInt(4) == 0) {
          long number = random.nextLong() >> random.nextInt(64);
          added = with(field, (a, n) -> hash.putLong(a, n, number));
          assertThat(added).isEqualTo(model.put(field, "" + number) == null);
        } else {
          String value = value(random);
          added = put(hash, field, value);
          assertThat(added).isEqualTo(model.put(field, value) == null);
        }
      } else {
        assertThat(with(field, hash::remove)).isEqualTo(model.remove(field) != null);
      }
      assertThat(hash.size()).isEqualTo(model.size());
      assertThat(get(field)).isEqualTo(model.get(field));
      assertThat(with(field, hash::contains)).isEqualTo(model.containsKey(field));
      if (step % 500 == 0) {
        assertThat(pairs(hash)).isEqualTo(model);
        if (hash.isCompact()) {
          assertThat(new ArrayList<>(pairs(hash).keySet()))
              .isEqualTo(new ArrayList<>(model.keySet()));
        }
      }
    }
  }

  @Test
  void isCompactUpToItsLimitsAndNeverAgain() {
    for (int i = 0; i < 512; i++) {
      put(hash, "f" + i, "x".repeat(64));
    }
    assertThat(hash.encodingName()).isEqualTo("listpack");
    put(hash, "f7", "changed");
    assertThat(hash.encodingName()).isEqualTo("listpack");
    put(hash, "one more", "");
    assertThat(hash.encodingName()).isEqualTo("hashtable");
    assertThat(hash.size()).isEqualTo(513);
    assertThat(get("f7")).isEqualTo("changed");
    for (int i = 0; i < 512; i++) {
      with("f" + i, hash::remove);
    }
    assertThat(hash.encodingName()).isEqualTo("hashtable");
    assertThat(pairs(hash)).containsOnly(Map.entry("one more", ""));
  }

  @Test
  void oneLongFieldOrValueEndsTheCompactForm() {
    put(hash, "f".repeat(65), "v");
    assertThat(hash.isCompact()).isFalse();
    cell.dispose(1000);
    hash.init();
    put(hash, "a", "1");
    put(hash, "f", "v".repeat(65));
    assertThat(hash.isCompact()).isFalse();
    assertThat(pairs(hash)).isEqualTo(Map.of("a", "1", "f", "v".repeat(65)));
  }

  @Test
  void goesOverToTheFullFormAtOnceIfManyPairsAreToCome() {
    put(hash, "a", "1");
    hash.expect(512, 64, 1000);
    assertThat(hash.isCompact()).isTrue();
    hash.expect(513, 64, 1000);
    assertThat(hash.isCompact()).isFalse();
    assertThat(pairs(hash)).isEqualTo(Map.of("a", "1"));
  }

  @Test
  void aNumberIsPutInRightWhenItEndsTheCompactForm() {
    cell.limits().hashMaxListpackEntries = 3;
    put(hash, "a", "1");
    put(hash, "b", "22");
    put(hash, "c", "333");
    with("d", (a, n) -> hash.putLong(a, n, -4444));
    assertThat(hash.isCompact()).isFalse();
    assertThat(pairs(hash)).isEqualTo(Map.of("a", "1", "b", "22", "c", "333", "d", "-4444"));
    cell.limits().hashMaxListpackValue = 0;
    cell.dispose(1000);
    hash.init();
    with("", (a, n) -> hash.putLong(a, n, 5));
    assertThat(pairs(hash)).isEqualTo(Map.of("", "5"));
  }

  @Test
  void longValuesMayGrowAndShrinkInPlaceOrNot() {
    put(hash, "f", "v".repeat(100));
    for (int length : List.of(99, 101, 200, 254, 255, 256, 300, 70_000, 254, 0, 60)) {
      put(hash, "f", "w".repeat(length));
      assertThat(get("f")).isEqualTo("w".repeat(length));
    }
    put(hash, "g".repeat(255), "v");
    put(hash, "g".repeat(70_000), "w");
    assertThat(get("g".repeat(255))).isEqualTo("v");
    assertThat(get("g".repeat(70_000))).isEqualTo("w");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 3000})
  void isCopiedAndFreedInSlices(int size) {
    Map<String, String> model = new HashMap<>();
    for (int i = 0; i < size; i++) {
      put(hash, "field " + i, "" + i * 7);
      model.put("field " + i, "" + i * 7);
    }
    CheckingArena elsewhere = new CheckingArena();
    ArenaCell target = new ArenaCell(elsewhere, Kind.HASH);
    HashValue copy = new HashValue();
    copy.wrap(target);
    copy.init();
    hash.copyTo(copy);
    assertThat(pairs(copy)).isEqualTo(model);
    assertThat(copy.encodingName()).isEqualTo(hash.encodingName());
    put(copy, "other", "1");
    assertThat(get("other")).isNull();
    int slices = target.dispose(100);
    assertThat(slices).isBetween(1, 1 + size / 50);
    if (size == 3000) {
      assertThat(slices).isGreaterThan(10);
    }
    elsewhere.close();
  }

  @Test
  void tellsAboutHowMuchMemoryItOwns() {
    put(hash, "a", "1");
    assertThat(hash.ownedBytes()).isZero();
    long before = arena.usedBytes();
    for (int i = 0; i < 5000; i++) {
      put(hash, "field:" + i, "v".repeat(20 + i % 40));
    }
    double owned = arena.usedBytes() - before;
    assertThat(hash.ownedBytes() / owned).isBetween(0.85, 1.15);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 2000})
  void samplesAreFair(int size) {
    for (int i = 0; i < size; i++) {
      put(hash, "" + i, "v" + i);
    }
    Random random = new Random(5);
    int[] drawn = new int[size];
    int each = 100;
    HashValue.PairVisitor count =
        (field, value) -> {
          int i = Integer.parseInt(text(field));
          assertThat(text(value)).isEqualTo("v" + i);
          drawn[i]++;
        };
    hash.sample(random::nextLong, (long) each * size / 2, count);
    for (int i = 0; i < each * size / 2; i++) {
      hash.sample(random::nextLong, 1, count);
    }
    double chiSquare = 0;
    for (int times : drawn) {
      chiSquare += Math.pow(times - each, 2) / each;
    }
    // Six standard deviations of the distribution with that many degrees of freedom.
    assertThat(chiSquare).isLessThan(size + 6 * Math.sqrt(2.0 * size));
  }

  @Test
  void aScanShowsWhatStaysWhileTheHashGrowsAndShrinks() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      for (int i = 0; i < 600; i++) {
        put(hash, "stays" + i, "v");
      }
      Set<String> seen = new HashSet<>();
      long cursor = 0;
      do {
        cursor = hash.scan(cursor, (field, _) -> seen.add(text(field)));
        for (int i = random.nextInt(100); i > 0; i--) {
          if (random.nextBoolean()) {
            put(hash, "comes" + random.nextInt(2000), "v");
          } else {
            with("comes" + random.nextInt(2000), hash::remove);
          }
        }
      } while (cursor != 0);
      for (int i = 0; i < 600; i++) {
        assertThat(seen).as("seed %d", seed).contains("stays" + i);
      }
      cell.dispose(1000);
      hash.init();
    }
  }

  @Test
  void takesTheCompactFormOfOthersUnlessItIsDamaged() {
    put(hash, "a", "1");
    put(hash, "b", "2");
    byte[] good = Memory.bytes(cell.address(), cell.length());
    assertThat(take(good)).isTrue();
    assertThat(take(new byte[] {10, 0, 0, 0, 1, 0, (byte) 0x81, 'a', 2, (byte) 255})).isFalse();
    assertThat(take(new byte[] {7, 0, 0, 0, 0, 0, 0})).isFalse();
    byte[] twice = good.clone();
    twice[12] = 'a';
    assertThat(new String(good, ISO_8859_1).charAt(12)).isEqualTo('b');
    assertThat(take(twice)).isFalse();
    cell.limits().hashMaxListpackEntries = 1;
    assertThat(take(good)).isTrue();
    assertThat(hash.isCompact()).isFalse();
    assertThat(pairs(hash)).isEqualTo(Map.of("a", "1", "b", "2"));
  }

  private boolean take(byte[] listpack) {
    cell.dispose(1000);
    hash.init();
    long copy = arena.allocate(listpack.length);
    try {
      Memory.copy(listpack, 0, copy, listpack.length);
      return hash.takeCompact(copy, listpack.length);
    } finally {
      arena.free(copy, listpack.length);
    }
  }

  private static String field(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> "" + random.nextInt(100);
      case 1 -> "0" + random.nextInt(10);
      default -> "field:" + random.nextInt(200);
    };
  }

  private static String value(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> "";
      case 1 -> "" + random.nextInt();
      case 2 -> "x".repeat(random.nextInt(64));
      case 3 -> "12.50";
      default -> "" + random.nextInt(10);
    };
  }

  private interface Call {
    boolean apply(long address, int length);
  }

  private boolean with(String text, Call call) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    long address = arena.allocate(bytes.length + 1);
    try {
      Memory.copy(bytes, 0, address, bytes.length);
      return call.apply(address, bytes.length);
    } finally {
      arena.free(address, bytes.length + 1);
    }
  }

  private boolean put(HashValue into, String field, String value) {
    return with(field, (f, fn) -> with(value, (v, vn) -> into.put(f, fn, v, vn)));
  }

  private String get(String field) {
    return with(field, hash::get) ? text(hash.found()) : null;
  }

  private static Map<String, String> pairs(HashValue hash) {
    Map<String, String> pairs = new LinkedHashMap<>();
    hash.forEach((field, value) -> assertThat(pairs.put(text(field), text(value))).isNull());
    return pairs;
  }

  private static String text(Slice slice) {
    return new String(slice.bytes(), ISO_8859_1);
  }
}
