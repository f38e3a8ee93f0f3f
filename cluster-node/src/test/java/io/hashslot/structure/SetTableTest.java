package io.hashslot.structure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.CheckingArena;
import io.hashslot.memory.Memory;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetTableTest {
  private static final long SEED = 42;

  private final CheckingArena arena = new CheckingArena();
  private final SetTable table = new SetTable(arena);
  private final SetMember member = new SetMember();
  private final SetMember shown = new SetMember();
  private final long scratch = Memory.allocate(1 << 10);
  private final long root = Memory.allocate(SetTable.ROOT_BYTES);

  @BeforeEach
  void makeEmptySet() {
    SetTable.create(arena, root, 0);
    table.wrap(arena, SEED, root);
  }

  @AfterEach
  void nothingLeaks() {
    while (!table.wrap(arena, SEED, root).dispose(10)) {}
    arena.close();
    Memory.free(scratch);
    Memory.free(root);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldBehaveLikeASet(long seed) {
    Random random = new Random(seed);
    Set<String> model = new HashSet<>();
    for (int step = 0; step < 60_000; step++) {
      String text = text(random);
      switch (random.nextInt(step < 30_000 ? 4 : 6)) {
        case 0, 1 -> assertThat(table.add(member(text))).isEqualTo(model.add(text));
        case 2 -> assertThat(table.contains(member(text))).isEqualTo(model.contains(text));
        default -> assertThat(table.remove(member(text))).isEqualTo(model.remove(text));
      }
      assertThat(SetTable.count(root)).isEqualTo(model.size());
      if (step % 10_000 == 0) {
        assertThat(scanned(table)).as("seed %d", seed).isEqualTo(new TreeSet<>(model));
      }
    }
    assertThat(table.ownedBytes()).isEqualTo(arena.usedBytes());
  }

  @Test
  void shouldTellTextsFromNumbersThatLookAlike() {
    String[] texts = {
      "",
      "0",
      "-0",
      "00",
      "1",
      "+1",
      "01",
      " 1",
      "1 ",
      "-1",
      "12345",
      "1234a",
      "-",
      "\0",
      "\0\0",
      "8796093022207",
      "8796093022208",
      "-8796093022208",
      "-8796093022209",
      "9223372036854775807",
      "-9223372036854775808",
      "9223372036854775808",
      "abcde",
      "abcdef",
      "x".repeat(300)
    };
    for (String text : texts) {
      assertThat(table.add(member(text))).as(text).isTrue();
    }
    for (String text : texts) {
      assertThat(table.add(member(text))).as(text).isFalse();
    }
    assertThat(scanned(table)).containsExactlyInAnyOrder(texts);
  }

  @Test
  void shouldFindNumbersHoweverTheyAreGiven() {
    for (long value : new long[] {0, -1, 1L << 43, -(1L << 43), Long.MAX_VALUE, Long.MIN_VALUE}) {
      assertThat(table.add(member.wrapLong(value))).isTrue();
      assertThat(table.contains(member(Long.toString(value)))).isTrue();
      assertThat(table.remove(member(Long.toString(value)))).isTrue();
      assertThat(table.add(member(Long.toString(value)))).isTrue();
      assertThat(table.contains(member.wrapLong(value))).isTrue();
    }
  }

  @Test
  void shouldKeepNumbersAndShortTextsInTheIndex() {
    long before = arena.usedBytes();
    for (int i = 0; i < 10_000; i++) {
      table.add(member.wrapLong(i * 1_000_003L));
      table.add(member("t" + Integer.toString(i, 36)));
    }
    double bytesPerMember = (arena.usedBytes() - before) / 20_000.0;
    assertThat(bytesPerMember).isLessThan(15);
  }

  @Test
  void shouldCopyToAnotherArena() {
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      table.add(member(text(random)));
    }
    CheckingArena other = new CheckingArena();
    long otherRoot = other.allocate(SetTable.ROOT_BYTES);
    SetTable.create(other, otherRoot, 0);
    SetTable copy = new SetTable(other).wrap(other, SEED, otherRoot);
    table.copyTo(copy);
    assertThat(scanned(copy)).isEqualTo(scanned(table));
    assertThat(copy.ownedBytes()).isEqualTo(table.ownedBytes());
    while (!copy.dispose(100)) {}
    other.free(otherRoot, SetTable.ROOT_BYTES);
    other.close();
  }

  private static String text(Random random) {
    int number = random.nextInt(3000);
    return switch (number % 6) {
      case 0 -> "a" + Integer.toString(number, 36);
      case 1 -> "member:" + number;
      case 2 -> Long.toString(Long.MAX_VALUE / 3000 * number);
      case 3 -> ("n" + number).repeat(60);
      default -> Integer.toString(number - 1500);
    };
  }

  private SetMember member(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    Memory.copy(bytes, 0, scratch, bytes.length);
    return member.wrap(scratch, bytes.length);
  }

  private TreeSet<String> scanned(SetTable set) {
    TreeSet<String> all = new TreeSet<>();
    long cursor = 0;
    do {
      cursor =
          set.scan(
              cursor,
              element -> all.add(new String(SetTable.show(element, shown).bytes(), ISO_8859_1)));
    } while (cursor != 0);
    return all;
  }
}
