package io.hashslot.structure;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.CheckingArena;
import io.hashslot.memory.Memory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdTreeTest {
  private record Id(long first, long second) {
    static final Comparator<Id> ORDER =
        (a, b) -> {
          int byFirst = Long.compareUnsigned(a.first, b.first);
          return byFirst != 0 ? byFirst : Long.compareUnsigned(a.second, b.second);
        };
  }

  private final CheckingArena arena = new CheckingArena();
  private final TreeMap<Id, Long> model = new TreeMap<>(Id.ORDER);
  private long descriptor;
  private long otherBytes;

  @BeforeEach
  void create() {
    descriptor = arena.allocate(RecordTree.DESCRIPTOR_BYTES);
    RecordTree.create(descriptor);
    otherBytes = arena.usedBytes();
  }

  @AfterEach
  void nothingLeaks() {
    arena.free(descriptor, RecordTree.DESCRIPTOR_BYTES);
    arena.close();
  }

  private IdTree tree(int payloadBytes) {
    IdTree tree = new IdTree(payloadBytes);
    tree.wrap(arena, descriptor);
    return tree;
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 24, 320, 488})
  void behavesLikeASortedMap(int payloadBytes) {
    IdTree tree = tree(payloadBytes);
    Random random = new Random(payloadBytes);
    for (int step = 0; step < 60_000; step++) {
      boolean growing = step / 8_000 % 2 == 0;
      Id id = randomId(random, step);
      if (random.nextInt(10) < (growing ? 7 : 3)) {
        put(tree, id, step);
      } else {
        Id gone = random.nextBoolean() ? id : model.ceilingKey(id);
        drop(tree, gone == null ? id : gone);
      }
      assertThat(tree.size()).isEqualTo(model.size());
      if (step % 13 == 0) {
        seeks(tree, randomId(random, step));
      }
      if (step % 4_000 == 0) {
        assertThat(forwards(tree)).isEqualTo(new ArrayList<>(model.entrySet()));
        assertThat(backwards(tree)).isEqualTo(new ArrayList<>(model.descendingMap().entrySet()));
        assertThat(RecordTree.bytes(descriptor)).isEqualTo(arena.usedBytes() - otherBytes);
      }
    }
    clear(tree);
  }

  /** Mostly among a few thousand ids, with extremes, and at the end now and then. */
  private Id randomId(Random random, int step) {
    return switch (random.nextInt(40)) {
      case 0 -> new Id(-1, -1);
      case 1 -> new Id(0, 0);
      case 2 -> new Id(Long.MIN_VALUE, random.nextInt(3));
      case 3, 4, 5, 6, 7, 8, 9 -> new Id(1_000_000 + step, 0);
      default -> new Id(random.nextInt(900), -1 + random.nextInt(6));
    };
  }

  private void put(IdTree tree, Id id, long value) {
    if (model.put(id, value) == null) {
      assertThat(tree.seek(id.first, id.second)).isFalse();
      Memory.putLong(tree.insert(id.first, id.second) + IdTree.PAYLOAD, value);
    } else {
      assertThat(tree.seek(id.first, id.second)).isTrue();
      Memory.putLong(tree.record() + IdTree.PAYLOAD, value);
    }
    assertThat(here(tree)).isEqualTo(Map.entry(id, value));
  }

  private void drop(IdTree tree, Id id) {
    boolean found = tree.seek(id.first, id.second);
    assertThat(found).isEqualTo(model.remove(id) != null);
    if (found) {
      tree.remove();
    }
  }

  private void seeks(IdTree tree, Id id) {
    expect(tree, tree.seekOrAbove(id.first, id.second), model.ceilingEntry(id));
    if (model.ceilingEntry(id) != null) {
      expect(tree, tree.previous(), model.lowerEntry(id));
    }
    expect(tree, tree.seekOrBelow(id.first, id.second), model.floorEntry(id));
    if (model.floorEntry(id) != null) {
      expect(tree, tree.next(), model.higherEntry(id));
    }
  }

  private void expect(IdTree tree, boolean found, Map.@Nullable Entry<Id, Long> expected) {
    assertThat(found ? here(tree) : null)
        .isEqualTo(expected == null ? null : Map.entry(expected.getKey(), expected.getValue()));
  }

  private static Map.Entry<Id, Long> here(IdTree tree) {
    long record = tree.record();
    return Map.entry(
        new Id(IdTree.first(record), IdTree.second(record)),
        Memory.getLong(record + IdTree.PAYLOAD));
  }

  private static List<Map.Entry<Id, Long>> forwards(IdTree tree) {
    List<Map.Entry<Id, Long>> all = new ArrayList<>();
    for (boolean more = tree.first(); more; more = tree.next()) {
      all.add(here(tree));
    }
    return all;
  }

  private static List<Map.Entry<Id, Long>> backwards(IdTree tree) {
    List<Map.Entry<Id, Long>> all = new ArrayList<>();
    for (boolean more = tree.last(); more; more = tree.previous()) {
      all.add(here(tree));
    }
    return all;
  }

  private static void clear(IdTree tree) {
    while (tree.last()) {
      tree.remove();
    }
    assertThat(tree.size()).isZero();
  }

  @Test
  void fillsItsNodesWhenAppendedTo() {
    IdTree tree = tree(24);
    for (int i = 0; i < 100_000; i++) {
      tree.insert(i, 0);
    }
    assertThat(RecordTree.bytes(descriptor) / 100_000.0).isLessThan(43);
    clear(tree);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void givesMemoryBackFromEitherEnd(boolean fromFirst) {
    IdTree tree = tree(8);
    for (int i = 0; i < 50_000; i++) {
      tree.insert(i, 0);
    }
    for (int left = 50_000; left > 100; left--) {
      assertThat(fromFirst ? tree.first() : tree.last()).isTrue();
      tree.remove();
    }
    assertThat(RecordTree.bytes(descriptor)).isLessThan(6 << 10);
    clear(tree);
    assertThat(RecordTree.bytes(descriptor)).isZero();
  }

  @Test
  void joinsNodesThatLoseRecordsInTheirMidst() {
    IdTree tree = tree(8);
    for (int i = 0; i < 50_000; i++) {
      tree.insert(i, 0);
    }
    for (int i = 0; i < 50_000; i++) {
      if (i % 10 != 0) {
        tree.seek(i, 0);
        tree.remove();
      }
    }
    assertThat(tree.size()).isEqualTo(5000);
    assertThat(RecordTree.bytes(descriptor) / 5000.0).isLessThan(50);
    clear(tree);
  }

  @Test
  void isSmallWithFewRecords() {
    IdTree tree = tree(8);
    tree.insert(1, 1);
    assertThat(RecordTree.bytes(descriptor)).isEqualTo(64);
    tree.insert(1, 2);
    assertThat(RecordTree.bytes(descriptor)).isEqualTo(64);
    tree.insert(1, 3);
    assertThat(RecordTree.bytes(descriptor)).isEqualTo(128);
    clear(tree);
  }
}
