package io.hashslot.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.CheckingArena;
import io.hashslot.memory.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListValueTest {
  private final CheckingArena arena = new CheckingArena();
  private final ArenaCell cell = new ArenaCell(arena, Kind.LIST);
  private final long scratch = Memory.allocate(100_000);
  private final ListValue list = new ListValue();
  private final List<String> model = new ArrayList<>();

  ListValueTest() {
    list.wrap(cell);
    list.init();
  }

  @AfterEach
  void nothingLeaks() {
    Memory.free(scratch);
    cell.close();
    arena.close();
  }

  private int put(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    Memory.copy(bytes, 0, scratch, bytes.length);
    return bytes.length;
  }

  private void push(ListSide side, String text) {
    int length = put(text);
    list.expect(length, 1);
    list.push(side, scratch, length);
    model.add(side == ListSide.LEFT ? 0 : model.size(), text);
  }

  private static List<String> contents(ListValue of, ListSide from) {
    List<String> contents = new ArrayList<>();
    for (boolean more = of.seek(from); more; more = of.next(from)) {
      contents.add(new String(of.element().bytes(), ISO_8859_1));
    }
    return contents;
  }

  private void check() {
    assertThat(list.size()).isEqualTo(model.size());
    assertThat(list.isEmpty()).isEqualTo(model.isEmpty());
    assertThat(contents(list, ListSide.LEFT)).isEqualTo(model);
    assertThat(contents(list, ListSide.RIGHT)).isEqualTo(model.reversed());
    arena.check();
  }

  @ParameterizedTest
  @CsvSource({"-2, 0", "-1, 1", "4, 0", "32, 1", "8, 2"})
  void behavesLikeAListInBothForms(int size, int depth) {
    cell.limits().listMaxListpackSize = size;
    cell.limits().listCompressDepth = depth;
    Random random = new Random(size * 10L + depth);
    int full = 0;
    int changes = 0;
    for (int step = 0; step < 8000; step++) {
      boolean growing = step / 500 % 2 == 0;
      if (model.isEmpty() || random.nextInt(10) < (growing ? 6 : 3)) {
        add(random);
      } else {
        remove(random);
      }
      boolean isFull = list.encodingName().equals("quicklist");
      changes += isFull == (full == 1) ? 0 : 1;
      full = isFull ? 1 : 0;
      if (step % 100 == 0) {
        check();
      }
    }
    check();
    assertThat(changes).isGreaterThan(5);
  }

  private static String element(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> Long.toString(random.nextLong());
      case 1 -> Integer.toString(random.nextInt(100));
      case 2 -> "long ".repeat(random.nextInt(100));
      case 3 -> random.nextInt(20) == 0 ? "large ".repeat(2000) : "";
      default -> "element " + random.nextInt(1000);
    };
  }

  private void add(Random random) {
    String text = element(random);
    if (model.isEmpty() || random.nextInt(3) > 0) {
      push(random.nextBoolean() ? ListSide.LEFT : ListSide.RIGHT, text);
      return;
    }
    int index = random.nextInt(model.size());
    int length = put(text);
    list.expect(length, 1);
    assertThat(list.seek(index)).isTrue();
    if (random.nextBoolean()) {
      boolean after = random.nextBoolean();
      list.insert(after, scratch, length);
      model.add(after ? index + 1 : index, text);
    } else {
      list.replace(scratch, length);
      list.shrink();
      model.set(index, text);
    }
  }

  private void remove(Random random) {
    int index = random.nextInt(model.size());
    int count = Math.min(model.size() - index, 1 + random.nextInt(10));
    switch (random.nextInt(3)) {
      case 0 -> {
        list.removeRange(index, count);
        model.subList(index, index + count).clear();
      }
      case 1 -> {
        boolean left = random.nextBoolean();
        list.removeAt(left ? ListSide.LEFT : ListSide.RIGHT, count);
        int from = left ? 0 : model.size() - count;
        model.subList(from, from + count).clear();
      }
      default -> {
        ListSide from = random.nextBoolean() ? ListSide.LEFT : ListSide.RIGHT;
        list.seek(index);
        boolean more = list.remove(from);
        model.remove(index);
        int next = from == ListSide.LEFT ? index : index - 1;
        assertThat(more).isEqualTo(next >= 0 && next < model.size());
        if (more) {
          assertThat(list.is(list.needle(scratch, put(model.get(next))))).isTrue();
        }
      }
    }
    list.shrink();
  }

  @ParameterizedTest
  @CsvSource({"10, listpack", "5000, quicklist"})
  void copiesHaveTheSameFormAndAreIndependent(int elements, String form) {
    for (int i = 0; i < elements; i++) {
      push(ListSide.RIGHT, "element " + i);
    }
    CheckingArena elsewhere = new CheckingArena();
    try (ArenaCell other = new ArenaCell(elsewhere, Kind.LIST)) {
      ListValue copy = new ListValue();
      copy.wrap(other);
      copy.init();
      list.copyTo(copy);
      list.removeRange(0, elements);
      assertThat(copy.encodingName()).isEqualTo(form);
      assertThat(contents(copy, ListSide.LEFT)).isEqualTo(model);
      assertThat(copy.ownedBytes() > 0).isEqualTo(form.equals("quicklist"));
    }
    elsewhere.close();
  }

  @Test
  void aMillionElementsAreFreedInSlices() {
    for (int i = 0; i < 1_000_000; i++) {
      int length = put("element " + i);
      list.expect(length, 1);
      list.push(ListSide.RIGHT, scratch, length);
    }
    assertThat(list.size()).isEqualTo(1_000_000);
    assertThat(list.ownedBytes()).isEqualTo(arena.usedBytes() - 16);
    assertThat(cell.dispose(10_000)).isBetween(60, 110);
    assertThat(arena.usedBytes()).isZero();
  }

  @Test
  void takesUpLittleMoreThanItsElements() {
    for (int i = 0; i < 1000; i++) {
      int length = put("0123456789abcdef");
      list.expect(length, 1);
      list.push(ListSide.LEFT, scratch, length);
    }
    assertThat(arena.usedBytes()).isLessThan(1000 * 18 * 5 / 4);
  }
}
