package io.hashslot.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.CheckingArena;
import io.hashslot.resp.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrozenStreamTest {
  private final CheckingArena arena = new CheckingArena();
  private final ArenaCell cell = new ArenaCell(arena, Kind.STREAM);
  private final ArenaCell shownCell = new ArenaCell(arena, Kind.STREAM);
  private final AtomicLong kept = new AtomicLong();

  @AfterEach
  void nothingLeaks() {
    cell.close();
    arena.close();
  }

  /** Takes chunks of a stream into another stream. */
  private static final class Chunks extends Unexpected {
    private final StreamValue target;

    Chunks(StreamValue target) {
      this.target = target;
    }

    @Override
    public void streamChunk(long ms, long sequence, long address, int length) {
      assertThat(target.addChunk(ms, sequence, address, length)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatIsHandedOutIsWhatWasThereWhateverHappensMeanwhile(long seed) {
    Random random = new Random(seed);
    cell.limits().streamNodeMaxEntries = 5;
    StreamValue stream = new StreamValue();
    stream.wrap(cell);
    stream.init();
    for (int round = 0; round < 40; round++) {
      while (stream.size() < 150) {
        append(stream, random);
      }
      List<String> expected = contents(stream);
      StreamValue shown = new StreamValue();
      shown.wrap(shownCell);
      shown.init();
      FrozenValue frozen = FrozenValue.freeze(stream, new Chunks(shown), kept::addAndGet);
      cell.frozen(frozen);
      boolean givenUp = round % 5 == 4;
      boolean more = true;
      while (more && !(givenUp && random.nextInt(20) == 0)) {
        for (int i = random.nextInt(6); i > 0; i--) {
          change(stream, random);
        }
        more = frozen.next();
      }
      cell.frozen(null);
      if (!more) {
        assertThat(contents(shown)).as("seed %d, round %d", seed, round).isEqualTo(expected);
      }
      while (!frozen.release(2)) {}
      assertThat(kept).as("bytes kept").hasValue(0);
      shownCell.dispose(1000);
    }
  }

  private static void change(StreamValue stream, Random random) {
    long ms = random.nextLong(stream.lastMs() + 1);
    switch (random.nextInt(40)) {
      case 0 ->
          new StreamTrim(true, random.nextInt(100), 0, 0, random.nextBoolean(), 0).apply(stream);
      case 1 -> new StreamTrim(false, 0, stream.firstMs() + 9, 0, false, 0).apply(stream);
      case 2 -> beginAnew(stream);
      case 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 -> {
        boolean _ = stream.delete(ms, 0);
      }
      default -> append(stream, random);
    }
  }

  /** Drops all entries and sets the last id back, so that ids come a second time. */
  private static void beginAnew(StreamValue stream) {
    new StreamTrim(true, 0, 0, 0, false, 0).apply(stream);
    stream.last(0, 0);
  }

  private static void append(StreamValue stream, Random random) {
    Request request = new Request();
    List<byte[]> words = new ArrayList<>();
    words.add("XADD".getBytes(ISO_8859_1));
    words.add((random.nextInt(3) == 0 ? "odd" : "field").getBytes(ISO_8859_1));
    words.add(("value " + random.nextInt()).getBytes(ISO_8859_1));
    request.copyFrom(words);
    stream.append(stream.lastMs() + 1, 0, request, 1);
    request.release();
  }

  private static List<String> contents(StreamValue stream) {
    List<String> contents = new ArrayList<>();
    StreamEntries entries = stream.walk().all(stream);
    while (entries.next()) {
      entries.nextField();
      contents.add(
          entries.ms()
              + " "
              + new String(entries.fieldName().bytes(), ISO_8859_1)
              + " "
              + new String(entries.fieldValue().bytes(), ISO_8859_1));
    }
    return contents;
  }
}
