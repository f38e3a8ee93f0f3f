package io.hashslot.structure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.CheckingArena;
import io.hashslot.memory.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrozenChunksTest {
  private final CheckingArena arena = new CheckingArena();
  private final long scratch = Memory.allocate(1 << 16);
  private final long root = arena.allocate(ChunkList.ROOT_BYTES);
  private final ChunkList list = new ChunkList();
  private final ChunkCursor cursor = new ChunkCursor(list);
  private final List<String> model = new ArrayList<>();
  private final AtomicLong kept = new AtomicLong();

  @AfterEach
  void nothingLeaks() {
    Memory.free(scratch);
    while (!ChunkList.dispose(arena, root, 100)) {}
    arena.free(root, ChunkList.ROOT_BYTES);
    arena.close();
  }

  /** Chunks of few elements, so that they are split, merged and dropped all the time. */
  @ParameterizedTest
  @CsvSource({"3, 0", "3, 1", "1, 0", "8, 2", "-1, 0", "-1, 1", "50, 0"})
  void whatIsShownIsWhatWasThereInItsOrderWhateverHappensMeanwhile(int chunkSize, int depth) {
    Random random = new Random(chunkSize * 31L + depth);
    ChunkList.create(root, chunkSize, depth);
    list.wrap(arena, root);
    for (int round = 0; round < 60; round++) {
      while (model.size() < 300) {
        grow(random);
      }
      List<String> expected = List.copyOf(model);
      List<String> shown = new ArrayList<>();
      FrozenChunks frozen = new FrozenChunks(list, chunk -> add(chunk, shown), kept::addAndGet);
      list.tell(frozen);
      int most = random.nextInt(4) == 0 ? 60 : 4;
      boolean growing = random.nextBoolean();
      boolean givenUp = round % 5 == 4;
      do {
        for (int i = random.nextInt(most); i > 0; i--) {
          change(random, growing);
        }
      } while (frozen.next() && !(givenUp && random.nextInt(40) == 0));
      list.tell(null);
      if (!givenUp) {
        assertThat(shown).as("round %d", round).isEqualTo(expected);
        assertThat(kept).as("bytes kept").hasValue(0);
      }
      while (!frozen.release(3)) {}
      assertThat(kept).as("bytes kept").hasValue(0);
      assertThat(contents()).isEqualTo(model);
    }
  }

  private void change(Random random, boolean growing) {
    if (model.isEmpty() || random.nextInt(10) < (growing ? 7 : 3)) {
      grow(random);
      return;
    }
    int index = random.nextInt(model.size());
    if (random.nextInt(3) == 0) {
      String text = element(random);
      cursor.seek(index);
      cursor.replace(scratch, put(text));
      model.set(index, text);
      return;
    }
    int wanted = random.nextInt(8) == 0 ? 40 : 3;
    int from =
        switch (random.nextInt(3)) {
          case 0 -> 0;
          case 1 -> Math.max(0, model.size() - wanted);
          default -> index;
        };
    int count = Math.min(wanted, model.size() - from);
    list.removeRange(from, count);
    model.subList(from, from + count).clear();
  }

  private void grow(Random random) {
    String text = element(random);
    int length = put(text);
    int kind = model.isEmpty() ? random.nextInt(2) : random.nextInt(4);
    if (kind == 0) {
      list.pushFirst(scratch, length);
      model.addFirst(text);
    } else if (kind == 1) {
      list.pushLast(scratch, length);
      model.addLast(text);
    } else {
      int index = random.nextInt(model.size());
      cursor.seek(index);
      cursor.insert(kind == 2, scratch, length);
      model.add(kind == 2 ? index + 1 : index, text);
    }
  }

  private static String element(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> "large".repeat(random.nextInt(4000));
      case 1 -> Integer.toString(random.nextInt());
      case 2 -> "compresses well ".repeat(20);
      default -> "element " + random.nextInt();
    };
  }

  private int put(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    Memory.copy(bytes, 0, scratch, bytes.length);
    return bytes.length;
  }

  private List<String> contents() {
    List<String> contents = new ArrayList<>();
    for (long chunk = list.head(); chunk != 0; chunk = Chunk.next(chunk)) {
      add(chunk, contents);
    }
    return contents;
  }

  private static void add(long chunk, List<String> contents) {
    int length = Chunk.length(chunk);
    long plain = Memory.allocate(length + 1L);
    if (Chunk.isCompressed(chunk)) {
      ChunkCompression.unpack(chunk, plain);
    } else {
      Memory.copy(Chunk.contents(chunk), plain, length);
    }
    if (Chunk.isPlain(chunk)) {
      contents.add(new String(Memory.bytes(plain, length), ISO_8859_1));
    } else {
      Slice slice = new Slice();
      for (long p = Listpack.first(plain); p != 0; p = Listpack.next(p)) {
        contents.add(new String(Listpack.get(p, slice).bytes(), ISO_8859_1));
      }
    }
    Memory.free(plain);
  }
}
