package io.hashslot.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.CheckingArena;
import io.hashslot.memory.Memory;
import io.hashslot.structure.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is handed out of the groups of a stream, while they change between the steps. */
class FrozenGroupsTest {
  private static final int IDS = 1500;
  private static final String[] GROUPS = {"a", "b", "group of some name"};

  private final CheckingArena arena = new CheckingArena();
  private final ArenaCell cell = new ArenaCell(arena, Kind.STREAM);
  private final AtomicLong kept = new AtomicLong();
  private final long name = Memory.allocate(32);

  @AfterEach
  void nothingLeaks() {
    Memory.free(name);
    cell.close();
    arena.close();
  }

  /** Writes down what comes. */
  private static final class Text extends Unexpected {
    private final List<String> lines;

    Text(List<String> lines) {
      this.lines = lines;
    }

    @Override
    public void group(byte[] name, long ms, long sequence, long entriesRead, long pending) {
      lines.add("group " + text(name) + " " + ms + " " + sequence + " " + entriesRead);
      lines.add("pending " + pending);
    }

    @Override
    public void pending(long ms, long sequence, long deliveredAtMs, long deliveries) {
      lines.add(ms + "-" + sequence + " " + deliveredAtMs + " " + deliveries);
    }

    @Override
    public void consumers(long count) {
      lines.add("consumers " + count);
    }

    @Override
    public void consumer(byte[] name, long seenAtMs, long activeAtMs, long pending) {
      lines.add("consumer " + text(name) + " " + seenAtMs + " " + activeAtMs + " " + pending);
    }

    @Override
    public void pendingOfConsumer(long ms, long sequence) {
      lines.add(ms + "-" + sequence);
    }

    @Override
    public void endOfChunks() {
      assertThat(lines).isEmpty();
    }

    private static String text(byte[] name) {
      return new String(name, ISO_8859_1);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whatIsHandedOutIsWhatWasThereWhateverHappensMeanwhile(long seed) {
    Random random = new Random(seed);
    StreamValue stream = new StreamValue();
    stream.wrap(cell);
    stream.init();
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 1000; i++) {
        change(stream, random);
      }
      List<String> expected = contents(stream);
      List<String> shown = new ArrayList<>();
      FrozenValue frozen = FrozenValue.freeze(stream, new Text(shown), kept::addAndGet);
      cell.frozen(frozen);
      boolean givenUp = round % 5 == 4;
      boolean more = true;
      while (more && !(givenUp && random.nextInt(50) == 0)) {
        for (int i = random.nextInt(12); i > 0; i--) {
          change(stream, random);
        }
        more = frozen.next();
      }
      cell.frozen(null);
      if (!more) {
        assertThat(shown).as("seed %d, round %d", seed, round).isEqualTo(expected);
      }
      while (!frozen.release(7)) {}
      assertThat(kept).as("bytes kept").hasValue(0);
    }
  }

  private void change(StreamValue stream, Random random) {
    StreamGroup group = group(stream, GROUPS[random.nextInt(GROUPS.length)]);
    if (random.nextInt(3000) == 0) {
      assertThat(stream.removeGroup(group.nameAddress(), group.nameLength())).isTrue();
      return;
    }
    long consumer = consumer(group, "consumer " + random.nextInt(6));
    if (random.nextInt(400) == 0) {
      group.removeConsumer(consumer);
      return;
    }
    StreamConsumer.seenAtMs(consumer, random.nextInt());
    group.last(random.nextInt(), 0);
    PendingEntries pending = group.pending();
    long ms = random.nextInt(IDS);
    if (!pending.seek(ms, 0)) {
      pending.add(ms, 0, consumer, random.nextInt(), 1);
      return;
    }
    switch (random.nextInt(4)) {
      case 0 -> pending.giveTo(consumer);
      case 1 -> pending.delivered(random.nextInt(), pending.deliveries() + 1);
      default -> pending.remove();
    }
  }

  private StreamGroup group(StreamValue stream, String text) {
    StreamGroup present = stream.group(name, put(text));
    return present == null ? stream.addGroup(name, text.length()) : present;
  }

  private long consumer(StreamGroup group, String text) {
    long present = group.consumer(name, put(text));
    return present == 0 ? group.addConsumer(name, text.length(), 1) : present;
  }

  private int put(String text) {
    Memory.copy(text.getBytes(ISO_8859_1), 0, name, text.length());
    return text.length();
  }

  private static List<String> contents(StreamValue stream) {
    List<String> lines = new ArrayList<>();
    Text text = new Text(lines);
    Slice slice = new Slice();
    for (StreamGroup at = stream.firstGroup(); at != null; at = stream.nextGroup()) {
      PendingEntries pending = at.pending();
      text.group(
          at.name(slice).bytes(), at.lastMs(), at.lastSequence(), at.entriesRead(), pending.size());
      for (boolean more = pending.walkFrom(0, 0); more; more = pending.next()) {
        text.pending(
            pending.ms(), pending.sequence(), pending.deliveredAtMs(), pending.deliveries());
      }
      text.consumers(at.consumerCount());
      for (long one = at.firstConsumer(); one != 0; one = at.nextConsumer()) {
        text.consumer(
            StreamConsumer.name(one, slice).bytes(),
            StreamConsumer.seenAtMs(one),
            StreamConsumer.activeAtMs(one),
            StreamConsumer.pendingCount(one));
        for (boolean more = pending.walkFrom(one, 0, 0); more; more = pending.next()) {
          text.pendingOfConsumer(pending.ms(), pending.sequence());
        }
      }
    }
    return lines;
  }
}
