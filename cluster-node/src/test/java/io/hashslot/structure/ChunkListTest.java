package io.hashslot.structure;

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

class ChunkListTest {
  private static final int LONGEST = 200_000;

  private final CheckingArena arena = new CheckingArena();
  private final long scratch = Memory.allocate(LONGEST);
  private final Slice slice = new Slice();
  private final ChunkList list = new ChunkList();
  private final ChunkCursor cursor = new ChunkCursor(list);
  private final List<String> model = new ArrayList<>();
  private long root;

  @AfterEach
  void nothingLeaks() {
    Memory.free(scratch);
    if (root != 0) {
      free(root);
    }
    arena.close();
  }

  private void free(long listRoot) {
    while (!ChunkList.dispose(arena, listRoot, 100)) {
      arena.check();
    }
    arena.free(listRoot, ChunkList.ROOT_BYTES);
  }

  private long create(int chunkSize, int depth) {
    long record = arena.allocate(ChunkList.ROOT_BYTES);
    ChunkList.create(record, chunkSize, depth);
    return record;
  }

  private void begin(int chunkSize, int depth) {
    root = create(chunkSize, depth);
    list.wrap(arena, root);
  }

  @ParameterizedTest
  @CsvSource({"-1, 0", "-2, 1", "-5, 0", "-1, 3", "1, 0", "5, 2", "128, 1", "0, 1", "-9, 1"})
  void behavesLikeAList(int chunkSize, int depth) {
    begin(chunkSize, depth);
    Random random = new Random(chunkSize * 31L + depth);
    for (int step = 0; step < 6000; step++) {
      boolean growing = step / 1000 % 2 == 0;
      if (model.isEmpty() || random.nextInt(10) < (growing ? 7 : 3)) {
        add(random, element(random));
      } else if (random.nextInt(4) == 0) {
        replace(random.nextInt(model.size()), element(random));
      } else {
        drop(random);
      }
      assertThat(list.size()).isEqualTo(model.size());
      if (step % 200 == 0) {
        check(depth);
      }
    }
    check(depth);
  }

  private static String element(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> "";
      case 1 -> Long.toString(random.nextLong());
      case 2 -> Integer.toString(random.nextInt(200) - 100);
      case 3 -> "z".repeat(random.nextInt(3000));
      case 4 -> random.nextInt(8) == 0 ? "large".repeat(random.nextInt(20_000)) : "mid".repeat(90);
      case 5 -> incompressible(random, random.nextInt(5000));
      default -> "element " + random.nextInt();
    };
  }

  private static String incompressible(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return new String(bytes, ISO_8859_1);
  }

  private int put(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    Memory.copy(bytes, 0, scratch, bytes.length);
    return bytes.length;
  }

  private void add(Random random, String text) {
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
      assertThat(cursor.seek(random.nextBoolean() ? index : index - model.size())).isTrue();
      cursor.insert(kind == 2, scratch, length);
      model.add(kind == 2 ? index + 1 : index, text);
    }
  }

  private void replace(int index, String text) {
    cursor.seek(index);
    cursor.replace(scratch, put(text));
    model.set(index, text);
  }

  private void drop(Random random) {
    int size = model.size();
    switch (random.nextInt(6)) {
      case 0 -> {
        list.removeRange(0, 1);
        model.removeFirst();
      }
      case 1 -> {
        list.removeRange(size - 1, 1);
        model.removeLast();
      }
      case 2 -> {
        int from = random.nextInt(size);
        int count = 1 + random.nextInt(random.nextInt(5) == 0 ? 100 : 3);
        list.removeRange(from, count);
        model.subList(from, Math.min(size, from + count)).clear();
      }
      default -> dropWithCursor(random);
    }
  }

  private void dropWithCursor(Random random) {
    boolean forward = random.nextBoolean();
    int index = random.nextInt(model.size());
    cursor.seek(index);
    for (int i = random.nextInt(3); i >= 0; i--) {
      boolean more = cursor.remove(forward);
      model.remove(index);
      index -= forward ? 0 : 1;
      assertThat(more).isEqualTo(index >= 0 && index < model.size());
      if (!more) {
        return;
      }
      assertThat(here()).isEqualTo(model.get(index));
    }
  }

  private String here() {
    return new String(cursor.get(slice).bytes(), ISO_8859_1);
  }

  private void check(int depth) {
    arena.check();
    assertThat(contents(true)).isEqualTo(model);
    assertThat(contents(false)).isEqualTo(model.reversed());
    for (int i = 0; i < model.size(); i += 1 + model.size() / 50) {
      assertThat(cursor.seek(i)).isTrue();
      assertThat(here()).isEqualTo(model.get(i));
      assertThat(cursor.is(new Needle().wrap(scratch, put(model.get(i))))).isTrue();
      assertThat(cursor.is(new Needle().wrap(scratch, put(model.get(i) + "!")))).isFalse();
    }
    assertThat(cursor.seek(model.size())).isFalse();
    assertThat(cursor.seek(-1 - model.size())).isFalse();
    checkChunks(depth);
  }

  private List<String> contents(boolean forward) {
    List<String> contents = new ArrayList<>();
    if (cursor.seek(forward ? 0 : -1)) {
      do {
        contents.add(here());
      } while (forward ? cursor.next() : cursor.previous());
    }
    return contents;
  }

  private void checkChunks(int depth) {
    int chunks = 0;
    long bytes = 0;
    long previous = 0;
    for (long c = list.head(); c != 0; c = Chunk.next(c)) {
      assertThat(Chunk.previous(c)).isEqualTo(previous);
      assertThat(Chunk.count(c)).isPositive();
      bytes += Chunk.arenaBytes(c);
      int fromEnd = Math.min(chunks, list.chunks() - 1 - chunks);
      if (depth == 0 || fromEnd < depth) {
        assertThat(Chunk.isCompressed(c)).isFalse();
      } else if (!Chunk.isCompressed(c)) {
        assertThat(compressible(c)).isFalse();
      }
      if (!Chunk.isPlain(c) && !Chunk.isCompressed(c)) {
        assertThat(Listpack.valid(Chunk.contents(c), Chunk.length(c), true)).isTrue();
      }
      previous = c;
      chunks++;
    }
    assertThat(list.tail()).isEqualTo(previous);
    assertThat(list.chunks()).isEqualTo(chunks);
    assertThat(list.arenaBytes()).isEqualTo(bytes);
    assertThat(arena.usedBytes()).isEqualTo(bytes + 48);
  }

  private static boolean compressible(long chunk) {
    int length = Chunk.length(chunk);
    if (length < 48) {
      return false;
    }
    long target = Memory.allocate(length);
    int bytes = new Lzf().compress(Chunk.contents(chunk), length, target, length - 9);
    Memory.free(target);
    return bytes > 0;
  }

  @Test
  void copiesAreEqualAndIndependent() {
    begin(-1, 1);
    for (int i = 0; i < 3000; i++) {
      list.pushLast(scratch, put("element number " + i));
      model.add("element number " + i);
    }
    CheckingArena other = new CheckingArena();
    long copy = other.allocate(ChunkList.ROOT_BYTES);
    ChunkList.create(copy, 3, 0);
    list.copyTo(new ChunkList().wrap(other, copy));
    list.removeRange(0, 3000);
    assertThat(list.size()).isZero();
    assertThat(list.chunks()).isZero();
    list.wrap(other, copy);
    assertThat(contents(true)).isEqualTo(model);
    while (!ChunkList.dispose(other, copy, 1)) {
      other.check();
    }
    other.free(copy, ChunkList.ROOT_BYTES);
    other.close();
  }

  @Test
  void fillsChunksToTheLimitAndNotBeyond() {
    begin(-2, 0);
    for (int i = 0; i < 2000; i++) {
      list.pushFirst(scratch, put("0123456789abcdef"));
    }
    // 18 bytes each: another one is taken as long as 16 + 8 more bytes are within 8192.
    assertThat(Chunk.count(list.tail())).isEqualTo(454);
    assertThat(Chunk.length(list.tail())).isEqualTo(7 + 454 * 18);
    assertThat(list.chunks()).isEqualTo(5);
  }

  @Test
  void pushingAndPoppingAtTheHeadMovesLittle() {
    begin(-2, 0);
    for (int i = 0; i < 400; i++) {
      list.pushFirst(scratch, put("0123456789abcdef"));
    }
    long chunk = list.head();
    long end = Chunk.contents(chunk) + Chunk.length(chunk);
    for (int i = 0; i < 10_000; i++) {
      list.removeRange(0, 1);
      list.pushFirst(scratch, put("fedcba9876543210"));
      assertThat(Chunk.contents(chunk) + Chunk.length(chunk)).isEqualTo(end);
    }
  }

  @Test
  void removingGivesMemoryBack() {
    begin(-2, 0);
    for (int i = 0; i < 10_000; i++) {
      list.pushLast(scratch, put("element number " + i));
    }
    long most = list.arenaBytes();
    for (int i = 0; i < 9_000; i++) {
      list.removeRange(i % 2 == 0 ? 0 : list.size() - 1, 1);
    }
    assertThat(list.arenaBytes()).isLessThan(most / 5);
  }

  @Test
  void insertingInTheMiddleOfAFullChunkSplitsAndMerges() {
    begin(4, 0);
    for (int i = 0; i < 8; i++) {
      list.pushLast(scratch, put("e" + i));
    }
    assertThat(list.chunks()).isEqualTo(2);
    cursor.seek(1);
    cursor.insert(true, scratch, put("new"));
    assertThat(contents(true))
        .containsExactly("e0", "e1", "new", "e2", "e3", "e4", "e5", "e6", "e7");
    assertThat(list.chunks()).isEqualTo(3);
  }
}
