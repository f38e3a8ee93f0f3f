package io.hashslot.structure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.CheckingArena;
import io.hashslot.memory.Memory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctElementsTest {
  private final CheckingArena arena = new CheckingArena();
  private final ArenaRoom room = new ArenaRoom(arena);

  @AfterEach
  void nothingLeaks() {
    room.close();
    arena.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 9, 100, 5000})
  void aRepeatedElementIsFoundWhereverItIs(int count) {
    for (int repeated : new int[] {0, count / 2, count - 1}) {
      Listpack.create(room);
      for (int i = 0; i < count; i++) {
        append(i % 2 == 0 ? "" + i : "member " + i);
      }
      assertThat(DistinctElements.in(room.address(), 0, 7)).isTrue();
      append(repeated % 2 == 0 ? "" + repeated : "member " + repeated);
      assertThat(DistinctElements.in(room.address(), 0, 7)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 300})
  void elementsPassedOverMayBeEqual(int pairs) {
    Listpack.create(room);
    for (int i = 0; i < pairs; i++) {
      append("" + i);
      append("v");
    }
    assertThat(DistinctElements.in(room.address(), 1, 7)).isTrue();
    assertThat(DistinctElements.in(room.address(), 0, 7)).isFalse();
    append("0");
    append("w");
    assertThat(DistinctElements.in(room.address(), 1, 7)).isFalse();
  }

  private void append(String text) {
    long address = arena.allocate(text.length());
    Memory.copy(text.getBytes(ISO_8859_1), 0, address, text.length());
    Listpack.append(room, address, text.length());
    arena.free(address, text.length());
  }
}
