package io.hashslot.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.Arena;
import io.hashslot.memory.CheckingArena;
import io.hashslot.memory.Memory;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SetValueTest {
  private final CheckingArena arena = new CheckingArena();
  private final ArenaCell cell = new ArenaCell(arena, Kind.SET);
  private final SetValue set = new SetValue();
  private final long scratch = Memory.allocate(1 << 10);
  private int length;

  SetValueTest() {
    set.wrap(cell);
    set.init();
  }

  @AfterEach
  void nothingLeaks() {
    cell.dispose(100);
    arena.close();
    Memory.free(scratch);
  }

  @ParameterizedTest
  @CsvSource({"1, 600, false", "2, 100, true", "3, 3000, true", "4, 3000, false", "5, 20, true"})
  void shouldBehaveLikeASetInEveryForm(long seed, int range, boolean texts) {
    Random random = new Random(seed);
    Set<String> model = new HashSet<>();
    for (int step = 0; step < 20_000; step++) {
      int number = random.nextInt(range);
      String member = texts && number % 3 == 0 ? "text " + number : Integer.toString(number - 50);
      switch (random.nextInt(step / 5000 % 2 == 0 ? 4 : 6)) {
        case 0, 1 -> assertThat(add(member)).isEqualTo(model.add(member));
        case 2 -> assertThat(contains(member)).isEqualTo(model.contains(member));
        default -> assertThat(remove(member)).isEqualTo(model.remove(member));
      }
      assertThat(set.size()).isEqualTo(model.size());
      if (step % 2000 == 0) {
        assertThat(members(set)).as("seed %d", seed).isEqualTo(model);
      }
    }
    assertThat(set.ownedBytes()).isEqualTo(arena.usedBytes() - Arena.capacity(cell.length()));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 100, 1000})
  void shouldCopyToAnotherArena(int size) {
    for (int i = 0; i < size; i++) {
      add(size == 10 ? "" + i : "member " + i);
    }
    CheckingArena other = new CheckingArena();
    ArenaCell otherCell = new ArenaCell(other, Kind.SET);
    SetValue copy = new SetValue();
    copy.wrap(otherCell);
    copy.init();
    set.copyTo(copy);
    assertThat(copy.encoding()).isEqualTo(set.encoding());
    assertThat(members(copy)).isEqualTo(members(set));
    otherCell.dispose(1);
    other.close();
  }

  @Test
  void shouldBeFreedInSlices() {
    for (int i = 0; i < 10_000; i++) {
      add("a member that has a block of its own " + i);
    }
    assertThat(cell.dispose(100)).isBetween(50, 100);
    set.init();
  }

  @Test
  void shouldDrawFromAllForms() {
    Random random = new Random(9);
    for (int i = 0; i < 1000; i++) {
      add(i < 100 ? "" + i : "t" + i);
      int size = i + 1;
      Set<String> drawn = new HashSet<>();
      int count = random.nextInt(size);
      set.sample(count, random::nextLong, member -> drawn.add(text(member.bytes())));
      assertThat(drawn).hasSize(count).isSubsetOf(members(set));
      assertThat(members(set)).contains(text(set.random(random::nextLong).bytes()));
    }
  }

  @Test
  void shouldTakeDrawnMembersOutOfAllForms() {
    Random random = new Random(10);
    Set<String> model = new HashSet<>();
    for (int round = 0; round < 300; round++) {
      for (int i = 0; i < 10; i++) {
        String member = random.nextInt(round < 50 ? 2 : 1) + "" + random.nextInt(round * 5 + 10);
        member = round < 50 ? member : "m" + member;
        assertThat(add(member)).isEqualTo(model.add(member));
      }
      set.pop(
          random.nextInt(Math.min(model.size(), 9)),
          random::nextLong,
          member -> {
            assertThat(model.remove(text(member.bytes()))).isTrue();
            return true;
          });
      assertThat(members(set)).isEqualTo(model);
    }
    assertThat(set.encoding()).isEqualTo(SetEncoding.HASHTABLE);
  }

  @Test
  void shouldBecomeAnIntsetIfToldThatThereAreOnlyNumbersLeft() {
    add("x");
    for (int i = 0; i < 300; i++) {
      add("" + i);
    }
    set.compactNumbers();
    assertThat(set.encoding()).isEqualTo(SetEncoding.HASHTABLE);
    remove("x");
    Set<String> before = members(set);
    set.compactNumbers();
    assertThat(set.encoding()).isEqualTo(SetEncoding.INTSET);
    assertThat(members(set)).isEqualTo(before);
  }

  private Set<String> members(SetValue of) {
    Set<String> members = new HashSet<>();
    of.each(member -> members.add(text(member.bytes())));
    return members;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private long put(String member) {
    byte[] bytes = member.getBytes(ISO_8859_1);
    Memory.copy(bytes, 0, scratch, bytes.length);
    length = bytes.length;
    return scratch;
  }

  private boolean add(String member) {
    return set.add(put(member), length);
  }

  private boolean remove(String member) {
    return set.remove(put(member), length);
  }

  private boolean contains(String member) {
    return set.contains(put(member), length);
  }
}
