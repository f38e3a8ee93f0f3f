package io.hashslot.structure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.CheckingArena;
import io.hashslot.memory.Memory;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemberTableTest {
  private static final long SEED = 42;

  private final CheckingArena arena = new CheckingArena();
  private final MemberTable table = new MemberTable(arena);
  private final long scratch = Memory.allocate(1 << 10);

  @AfterEach
  void nothingLeaks() {
    arena.close();
    Memory.free(scratch);
  }

  @Test
  void shouldFindBlocksByTheirMembers() {
    table.wrap(arena, SEED, ScanTable.create(arena));
    Random random = new Random(7);
    Map<String, Long> model = new HashMap<>();
    for (int step = 0; step < 50_000; step++) {
      String member = member(random);
      long block = find(member);
      Long expected = model.get(member);
      assertThat(block).isEqualTo(expected == null ? 0 : expected);
      if (block == 0) {
        model.put(member, add(member));
      } else if (random.nextInt(3) > 0) {
        table.remove();
        free(block);
        model.remove(member);
      }
      assertThat(table.size()).isEqualTo(model.size());
    }
    model.forEach((member, block) -> assertThat(find(member)).isEqualTo(block));
    while (table.drain(this::free)) {}
  }

  @Test
  void shouldServeTablesOfSeveralArenasInTurn() {
    try (CheckingArenas other = new CheckingArenas()) {
      long one = ScanTable.create(arena);
      long two = ScanTable.create(other.arena);
      for (int i = 0; i < 500; i++) {
        table.wrap(arena, SEED, one);
        assertThat(find("m" + i)).isZero();
        long block = arena.allocate(MemberBlock.bytes(length("m" + i)));
        MemberBlock.write(block, scratch, length("m" + i));
        table.insert(block);
        table.wrap(other.arena, SEED, two);
        assertThat(find("m" + i)).isZero();
      }
      table.wrap(other.arena, SEED, two).destroy();
      table.wrap(arena, SEED, one);
      assertThat(table.size()).isEqualTo(500);
      while (table.drain(this::free)) {}
    }
  }

  @Test
  void shouldLayOutShortAndLongMembers() {
    for (int length : new int[] {0, 1, 254, 255, 256, 1000}) {
      String member = "x".repeat(length);
      length(member);
      long block = arena.allocate(MemberBlock.bytes(length) + 3);
      MemberBlock.write(block, scratch, length);
      assertThat(MemberBlock.bytes(length)).isEqualTo(length + (length < 255 ? 1 : 5));
      assertThat(MemberBlock.bytes(block)).isEqualTo(MemberBlock.bytes(length));
      assertThat(MemberBlock.attached(block)).isEqualTo(block + MemberBlock.bytes(length));
      assertThat(new String(Memory.bytes(MemberBlock.address(block), length), ISO_8859_1))
          .isEqualTo(member);
      arena.free(block, MemberBlock.bytes(length) + 3);
    }
  }

  /** An arena that is closed with the try block. */
  private record CheckingArenas(CheckingArena arena) implements AutoCloseable {
    CheckingArenas() {
      this(new CheckingArena());
    }

    @Override
    public void close() {
      arena.close();
    }
  }

  private static String member(Random random) {
    int number = random.nextInt(3000);
    return number % 50 == 0 ? ("n" + number).repeat(60) : "n" + number;
  }

  private int length(String member) {
    byte[] bytes = member.getBytes(ISO_8859_1);
    Memory.copy(bytes, 0, scratch, bytes.length);
    return bytes.length;
  }

  private long find(String member) {
    return table.find(scratch, length(member));
  }

  private long add(String member) {
    long block = arena.allocate(MemberBlock.bytes(length(member)));
    MemberBlock.write(block, scratch, length(member));
    table.insert(block);
    return block;
  }

  private void free(long block) {
    arena.free(block, MemberBlock.bytes(block));
  }
}
