package io.hashslot.structure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.CheckingArena;
import io.hashslot.memory.Memory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrozenTableTest {
  private static final long SEED = 42;

  private final CheckingArena arena = new CheckingArena();
  private final MemberTable table = new MemberTable(arena);
  private final long scratch = Memory.allocate(64);
  private final Map<String, String> model = new HashMap<>();

  @AfterEach
  void nothingLeaks() {
    while (table.drain(block -> arena.free(block, FieldBlock.bytes(block)))) {}
    arena.close();
    Memory.free(scratch);
  }

  /**
   * From one size to another while it is being shown; the last column is how many in 10 are new.
   */
  @ParameterizedTest
  @CsvSource({"0, 5", "1, 9", "6, 5", "50, 9", "300, 1", "1000, 5", "1000, 9", "3000, 0"})
  void whatIsShownIsWhatWasThereWhateverHappensMeanwhile(int size, int additions) {
    Random random = new Random(size * 31L + additions);
    table.wrap(arena, SEED, ScanTable.create(arena));
    while (model.size() < size) {
      put(null, "member " + random.nextInt(size * 2), "first");
    }
    for (int round = 0; round < 3; round++) {
      List<String> expected = new ArrayList<>();
      model.forEach((member, value) -> expected.add(member + "=" + value));
      List<String> shown = new ArrayList<>();
      MemberTable own = new MemberTable(arena).wrap(arena, SEED, table.descriptor());
      FrozenTable frozen = new FrozenTable(own, block -> shown.add(text(block)));
      do {
        for (int i = random.nextInt(size < 100 ? 40 : 6); i > 0; i--) {
          String member = "member " + random.nextInt(Math.max(10, size * 2));
          if (random.nextInt(10) < additions) {
            put(frozen, member + (random.nextBoolean() ? "" : " new"), "v" + random.nextInt(99));
          } else {
            remove(frozen, member);
          }
        }
      } while (frozen.next());
      assertThat(shown).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private void put(FrozenTable frozen, String member, String value) {
    table.wrap(arena, SEED, table.descriptor());
    table.tell(frozen);
    int length = write(member, scratch);
    int valueLength = write(value, scratch + 40);
    long block = table.find(scratch, length);
    long fresh = arena.allocate(FieldBlock.bytes(length, valueLength));
    FieldBlock.write(fresh, scratch, length, scratch + 40, valueLength);
    if (block == 0) {
      table.insert(fresh);
    } else {
      table.changingBlock(block);
      table.replace(fresh);
      arena.free(block, FieldBlock.bytes(block));
    }
    model.put(member, value);
  }

  private void remove(FrozenTable frozen, String member) {
    table.wrap(arena, SEED, table.descriptor());
    table.tell(frozen);
    long block = table.find(scratch, write(member, scratch));
    if (block != 0) {
      table.changingBlock(block);
      table.remove();
      arena.free(block, FieldBlock.bytes(block));
      model.remove(member);
    }
  }

  private static int write(String text, long to) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    Memory.copy(bytes, 0, to, bytes.length);
    return bytes.length;
  }

  private static String text(long block) {
    Slice field = new Slice();
    Slice value = new Slice();
    FieldBlock.get(block, field, value);
    return new String(field.bytes(), ISO_8859_1) + "=" + new String(value.bytes(), ISO_8859_1);
  }
}
