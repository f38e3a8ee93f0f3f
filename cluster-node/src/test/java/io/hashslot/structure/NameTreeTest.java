package io.hashslot.structure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.CheckingArena;
import io.hashslot.memory.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NameTreeTest {
  /** A number stands before the name. */
  private static final int NAME_AT = 8;

  private final CheckingArena arena = new CheckingArena();
  private final NameTree tree = new NameTree(NAME_AT);
  private final long scratch = Memory.allocate(64);
  private long descriptor;

  @BeforeEach
  void create() {
    descriptor = arena.allocate(RecordTree.DESCRIPTOR_BYTES);
    RecordTree.create(descriptor);
    tree.wrap(arena, descriptor);
  }

  @AfterEach
  void nothingLeaks() {
    while (tree.first()) {
      removeHere();
    }
    arena.free(descriptor, RecordTree.DESCRIPTOR_BYTES);
    arena.close();
    Memory.free(scratch);
  }

  private boolean seek(String name) {
    Memory.copy(name.getBytes(ISO_8859_1), 0, scratch, name.length());
    return tree.seek(scratch, name.length());
  }

  private void insert(String name) {
    long block = arena.allocate(NAME_AT + 4 + name.length());
    Memory.putInt(block + NAME_AT, name.length());
    Memory.copy(name.getBytes(ISO_8859_1), 0, tree.nameAddress(block), name.length());
    tree.insert(block);
  }

  /** Frees the block at once: nothing in the tree may look at it any more. */
  private void removeHere() {
    long block = tree.block();
    tree.remove();
    arena.free(block, NAME_AT + 4 + tree.nameLength(block));
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (boolean more = tree.first(); more; more = tree.next()) {
      long block = tree.block();
      names.add(
          new String(Memory.bytes(tree.nameAddress(block), tree.nameLength(block)), ISO_8859_1));
    }
    return names;
  }

  @Test
  void keepsNamesInTheOrderOfTheirBytes() {
    for (String name : List.of("b", "a\0", "", "aa", "\u00ff", "a", "consumer-10", "consumer-9")) {
      insert(name);
    }
    assertThat(names())
        .containsExactly("", "a", "a\0", "aa", "b", "consumer-10", "consumer-9", "\u00ff");
  }

  @Test
  void behavesLikeASortedSet() {
    TreeSet<String> model = new TreeSet<>();
    Random random = new Random(3);
    for (int step = 0; step < 60_000; step++) {
      String name = "consumer:" + random.nextInt(4000);
      boolean growing = step / 10_000 % 2 == 0;
      boolean found = seek(name);
      assertThat(found).isEqualTo(model.contains(name));
      if (!found && random.nextInt(10) < (growing ? 8 : 2)) {
        model.add(name);
        insert(name);
      } else if (found && random.nextInt(10) < (growing ? 2 : 8)) {
        model.remove(name);
        removeHere();
      }
      if (step % 5000 == 0) {
        assertThat(names()).isEqualTo(new ArrayList<>(model));
        assertThat(tree.size()).isEqualTo(model.size());
      }
    }
  }
}
