package io.hashslot.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.Arena;
import io.hashslot.memory.CheckingArena;
import io.hashslot.memory.Memory;
import io.hashslot.resp.Request;
import io.hashslot.structure.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamValueTest {
  private final CheckingArena arena = new CheckingArena();
  private final ArenaCell cell = new ArenaCell(arena, Kind.STREAM);
  private final StreamValue stream = new StreamValue();
  private final Request request = new Request();
  private final long scratch = Memory.allocate(64);

  @BeforeEach
  void create() {
    stream.wrap(cell);
    stream.init();
    stream.wrap(cell);
  }

  @AfterEach
  void nothingLeaks() {
    cell.dispose(7);
    arena.close();
    request.release();
    Memory.free(scratch);
  }

  private void append(long ms, long sequence, String... fields) {
    request.copyFrom(Arrays.stream(fields).map(field -> field.getBytes(ISO_8859_1)).toList());
    stream.append(ms, sequence, request, 0);
  }

  private static List<String> text(StreamEntries entries) {
    List<String> all = new ArrayList<>();
    while (entries.next()) {
      StringBuilder line = new StringBuilder();
      line.append(Long.toUnsignedString(entries.ms())).append('-');
      line.append(Long.toUnsignedString(entries.sequence()));
      // Whoever reads only some fields must still find the next entry.
      int wanted = entries.ms() % 3 == 0 ? entries.fieldCount() / 2 : entries.fieldCount();
      for (int i = 0; i < wanted; i++) {
        entries.nextField();
        line.append(' ').append(new String(entries.fieldName().bytes(), ISO_8859_1));
        line.append('=').append(new String(entries.fieldValue().bytes(), ISO_8859_1));
      }
      all.add(line.toString());
    }
    return all;
  }

  private long name(String name) {
    Memory.copy(name.getBytes(ISO_8859_1), 0, scratch, name.length());
    return scratch;
  }

  private StreamGroup addGroup(String name) {
    return stream.addGroup(name(name), name.length());
  }

  @Test
  void showsEntriesInOrderAndBackwards() {
    append(1, 0, "a", "1", "b", "x");
    append(1, 5, "a", "-70000", "b", "y");
    append(2, 0, "c", "z");
    append(4, -1, "a", "007", "b", "");
    assertThat(text(new StreamEntries().all(stream)))
        .containsExactly(
            "1-0 a=1 b=x", "1-5 a=-70000 b=y", "2-0 c=z", "4-18446744073709551615 a=007 b=");
    assertThat(text(new StreamEntries().range(stream, 1, 1, 2, 9, true)))
        .containsExactly("2-0 c=z", "1-5 a=-70000 b=y");
    assertThat(stream.chunkCount()).isOne();
  }

  @Test
  void startsAChunkWhenOneHasItsEntriesOrItsBytes() {
    for (int i = 1; i <= 201; i++) {
      append(i, 0, "f", "v");
    }
    assertThat(stream.chunkCount()).isEqualTo(3);
    append(300, 0, "f", "x".repeat(4090));
    assertThat(stream.chunkCount()).isEqualTo(4);
    cell.limits().streamNodeMaxBytes = 0;
    cell.limits().streamNodeMaxEntries = 0;
    for (int i = 0; i < 1000; i++) {
      append(400 + i, 0, "f", "v");
    }
    assertThat(stream.chunkCount()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void behavesLikeASortedMap(long seed) {
    Random random = new Random(seed);
    cell.limits().streamNodeMaxEntries = 7;
    cell.limits().streamNodeMaxBytes = 150;
    TreeMap<Integer, String> model = new TreeMap<>();
    int last = 0;
    for (int step = 0; step < 20_000; step++) {
      int action = random.nextInt(100);
      if (action < 60) {
        last += 1 + random.nextInt(3);
        String shown = appendRandom(random, last);
        model.put(last, shown);
      } else if (action < 97) {
        int id = random.nextInt(last + 1);
        assertThat(stream.delete(id, id)).isEqualTo(model.remove(id) != null);
      } else if (action < 99) {
        long keep = random.nextInt(300);
        assertThat(new StreamTrim(true, keep, 0, 0, false, 0).apply(stream))
            .isEqualTo(dropFirst(model, (int) (model.size() - keep)));
      } else {
        int least = last - random.nextInt(400);
        NavigableMap<Integer, String> gone = model.headMap(least, false);
        assertThat(new StreamTrim(false, 0, Math.max(0, least), 0, false, 0).apply(stream))
            .isEqualTo(gone.size());
        gone.clear();
      }
      assertThat(stream.size()).isEqualTo(model.size());
      assertThat(stream.firstMs()).isEqualTo(model.isEmpty() ? 0 : model.firstKey());
      if (step % 100 == 0) {
        compareRange(model, random.nextInt(last + 1), random.nextInt(last + 1));
      }
    }
    compareRange(model, 0, last);
  }

  private static int dropFirst(TreeMap<Integer, String> model, int count) {
    int dropped = 0;
    for (; dropped < count; dropped++) {
      model.pollFirstEntry();
    }
    return dropped;
  }

  private String appendRandom(Random random, int id) {
    List<String> fields = new ArrayList<>();
    int count = random.nextInt(4) == 0 ? 1 + random.nextInt(5) : 2;
    StringBuilder shown = new StringBuilder(id + "-" + id);
    for (int i = 0; i < count; i++) {
      String value = random.nextBoolean() ? "" + random.nextLong() : "v".repeat(random.nextInt(30));
      String field = "f" + (random.nextInt(10) == 0 ? 9 : i);
      fields.add(field);
      fields.add(value);
      if (id % 3 != 0 || i < count / 2) {
        shown.append(' ').append(field).append('=').append(value);
      }
    }
    append(id, id, fields.toArray(String[]::new));
    return shown.toString();
  }

  private void compareRange(TreeMap<Integer, String> model, int one, int other) {
    int from = Math.min(one, other);
    int to = Math.max(one, other);
    List<String> expected = new ArrayList<>(model.subMap(from, true, to, true).values());
    assertThat(text(new StreamEntries().range(stream, from, 0, to, -1, false))).isEqualTo(expected);
    Collections.reverse(expected);
    assertThat(text(new StreamEntries().range(stream, from, 0, to, -1, true))).isEqualTo(expected);
  }

  @Test
  void trimsWholeChunksOnlyWhenRoughAndWithinTheLimit() {
    for (int i = 1; i <= 1000; i++) {
      append(i, 0, "f", "v");
    }
    assertThat(new StreamTrim(true, 50, 0, 0, true, 350).apply(stream)).isEqualTo(300);
    assertThat(new StreamTrim(false, 0, 599, 0, true, 0).apply(stream)).isEqualTo(200);
    assertThat(new StreamTrim(true, 50, 0, 0, true, 0).apply(stream)).isEqualTo(400);
    assertThat(stream.size()).isEqualTo(100);
    assertThat(new StreamTrim(true, 0, 0, 0, false, 0).apply(stream)).isEqualTo(100);
    assertThat(stream.firstMs()).isZero();
    assertThat(stream.entriesAdded()).isEqualTo(1000);
  }

  @Test
  void sharesWhatIsPendingBetweenGroupAndConsumers() {
    StreamGroup group = addGroup("g");
    long one = group.addConsumer(name("one"), 3, 5);
    long two = group.addConsumer(name("two"), 3, 5);
    PendingEntries pending = group.pending();
    for (int i = 0; i < 500; i++) {
      pending.add(i, 0, i % 2 == 0 ? one : two, 1000 + i, 1);
    }
    assertThat(StreamConsumer.pendingCount(one)).isEqualTo(250);
    assertThat(pending.seek(4, 0)).isTrue();
    pending.giveTo(two);
    pending.delivered(2000, 2);
    assertThat(StreamConsumer.pendingCount(one)).isEqualTo(249);
    assertThat(pending.walkFrom(two, 3, 1)).isTrue();
    assertThat(pending.ms()).isEqualTo(4);
    assertThat(pending.deliveredAtMs()).isEqualTo(2000);
    assertThat(pending.deliveries()).isEqualTo(2);
    assertThat(pending.next()).isTrue();
    assertThat(pending.ms()).isEqualTo(5);
    pending.remove();
    assertThat(StreamConsumer.pendingCount(two)).isEqualTo(250);
    group.removeConsumer(two);
    assertThat(group.consumer(name("two"), 3)).isZero();
    assertThat(pending.size()).isEqualTo(249);
    assertThat(stream.removeGroup(name("g"), 1)).isTrue();
    assertThat(stream.removeGroup(name("g"), 1)).isFalse();
    assertThat(stream.groupCount()).isZero();
  }

  @Test
  void keepsGroupsInTheOrderOfTheirNames() {
    for (String name : List.of("g2", "g10", "", "G")) {
      addGroup(name);
    }
    List<String> names = new ArrayList<>();
    Slice slice = new Slice();
    for (StreamGroup at = stream.firstGroup(); at != null; at = stream.nextGroup()) {
      names.add(new String(at.name(slice).bytes(), ISO_8859_1));
    }
    assertThat(names).containsExactly("", "G", "g10", "g2");
  }

  @Test
  void copiesEverythingToAnotherArena() {
    for (int i = 1; i <= 250; i++) {
      append(i, 0, "f", "v" + i);
    }
    stream.delete(250, 0);
    StreamGroup group = addGroup("g");
    group.last(100, 0);
    group.entriesRead(100);
    long consumer = group.addConsumer(name("c"), 1, 5);
    group.addConsumer(name("idle"), 4, 6);
    StreamConsumer.activeAtMs(consumer, 7);
    group.pending().add(50, 0, consumer, 1234, 3);
    addGroup("h");
    CheckingArena otherArena = new CheckingArena();
    ArenaCell other = new ArenaCell(otherArena, Kind.STREAM);
    StreamValue copy = new StreamValue();
    copy.wrap(other);
    copy.init();
    stream.copyTo(copy);
    assertThat(text(new StreamEntries().all(copy)))
        .isEqualTo(text(new StreamEntries().all(stream)));
    assertThat(copy.ownedBytes()).isEqualTo(stream.ownedBytes());
    assertThat(copy.ownedBytes()).isEqualTo(otherArena.usedBytes() - Arena.capacity(8));
    assertThat(copy.maxDeletedMs()).isEqualTo(250);
    assertThat(copy.lastMs()).isEqualTo(250);
    assertThat(copy.firstMs()).isEqualTo(1);
    StreamGroup copied = copy.group(name("g"), 1);
    assertThat(copied).isNotNull();
    assertThat(copied.entriesRead()).isEqualTo(100);
    assertThat(copied.pending().seek(50, 0)).isTrue();
    assertThat(copied.pending().deliveries()).isEqualTo(3);
    long itsConsumer = copied.pending().consumer();
    assertThat(StreamConsumer.activeAtMs(itsConsumer)).isEqualTo(7);
    assertThat(itsConsumer).isEqualTo(copied.consumer(name("c"), 1));
    other.dispose(1000);
    otherArena.close();
  }

  @Test
  void refusesChunksThatAreNone() {
    append(1, 0, "a", "1", "b", "2");
    append(2, 0, "c", "3");
    stream.delete(2, 0);
    stream.firstChunk();
    byte[] good = Memory.bytes(stream.chunkAddress(), stream.chunkLength());
    Random random = new Random(1);
    long copy = Memory.allocate(good.length);
    for (int i = 0; i < 20_000; i++) {
      byte[] bad = good.clone();
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        bad[6 + random.nextInt(bad.length - 7)] = (byte) random.nextInt();
      }
      Memory.copy(bad, 0, copy, bad.length);
      // Whatever is taken must be readable from both ends.
      if (stream.addChunk(9, i, copy, bad.length)) {
        text(new StreamEntries().range(stream, 9, 0, 9, -1, false));
        text(new StreamEntries().range(stream, 9, 0, 9, -1, true));
        drop(9, i);
      }
    }
    Memory.free(copy);
    assertThat(stream.size()).isOne();
  }

  private void drop(long ms, long sequence) {
    for (boolean more = stream.firstChunk(); more; more = stream.nextChunk()) {
      if (stream.chunkMs() == ms && stream.chunkSequence() == sequence) {
        stream.dropChunk();
        return;
      }
    }
  }
}
