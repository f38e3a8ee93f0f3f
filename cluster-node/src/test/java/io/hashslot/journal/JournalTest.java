package io.hashslot.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JournalTest {
  private static final String SELECT_0 = "*2\r\n$6\r\nSELECT\r\n$1\r\n0\r\n";
  private static final String SELECT_12 = "*2\r\n$6\r\nSELECT\r\n$2\r\n12\r\n";

  private final Journal journal = new Journal(64, 16 * 1024);

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void withoutReadersOrBacklogTheEndStandsStill() {
    assertThat(journal.recording()).isFalse();
    assertThat(append(0, "x")).isZero();
    assertThat(journal.end()).isZero();
  }

  @Test
  void selectPrecedesACommandInAnotherDatabase() {
    journal.backlog().open();
    JournalReader reader = journal.openReaderAtEnd(Long.MAX_VALUE, () -> {});
    append(0, "a");
    append(0, "b");
    append(-1, "ping");
    append(12, "c");
    append(12, "d");
    journal.forgetSelectedDb();
    long end = append(12, "e");
    String expected = SELECT_0 + "abping" + SELECT_12 + "cd" + SELECT_12 + "e";
    assertThat(drain(reader)).isEqualTo(expected);
    assertThat(end).isEqualTo(expected.length()).isEqualTo(journal.end());
  }

  @Test
  void anExecutionIsAppendedInOnePiece() {
    journal.backlog().open();
    JournalReader reader = journal.openReaderAtEnd(Long.MAX_VALUE, () -> {});
    try (Effects effects = new Effects()) {
      effects.command(0, "DEL", 1).argument("a");
      effects.command(12, "DEL", 1).argument("b");
      journal.append(effects);
      effects.reset();
      assertThat(journal.append(effects)).isEqualTo(journal.end());
      effects.command(12, "DEL", 1).argument("c");
      journal.append(effects);
    }
    assertThat(drain(reader))
        .isEqualTo(
            SELECT_0
                + "*1\r\n$5\r\nMULTI\r\n*2\r\n$3\r\nDEL\r\n$1\r\na\r\n"
                + SELECT_12
                + "*2\r\n"
                + "$3\r\n"
                + "DEL\r\n"
                + "$1\r\n"
                + "b\r\n"
                + "*1\r\n"
                + "$4\r\n"
                + "EXEC\r\n"
                + "*2\r\n"
                + "$3\r\n"
                + "DEL\r\n"
                + "$1\r\n"
                + "c\r\n");
  }

  @Test
  void theBacklogReachesBackExactlyItsSize() {
    journal.backlog().open();
    for (int i = 0; i < 40_000; i++) {
      append(-1, "x");
    }
    assertThat(journal.first()).isEqualTo(40_000 - 16 * 1024);
    assertThat(journal.openReader(journal.first() - 1, 1, () -> {})).isNull();
    JournalReader oldest = journal.openReader(journal.first(), Long.MAX_VALUE, () -> {});
    assertThat(drain(oldest)).hasSize(16 * 1024);
    assertThat(journal.openReader(40_001, 1, () -> {})).isNull();
    assertThat(journal.memoryBytes()).isLessThan(16 * 1024 + 8 * 64);
  }

  @Test
  void aSlowReaderKeepsItsBytesBeyondTheBacklog() {
    journal.backlog().open();
    JournalReader slow = journal.openReaderAtEnd(Long.MAX_VALUE, () -> {});
    for (int i = 0; i < 40_000; i++) {
      append(-1, "x");
    }
    assertThat(journal.first()).isZero();
    assertThat(slow.lagBytes()).isEqualTo(40_000);
    assertThat(drain(slow)).hasSize(40_000);
    append(-1, "y");
    assertThat(journal.first()).isEqualTo(40_001 - 16 * 1024);
  }

  @Test
  void aReaderTooFarBehindIsDroppedAndTold() {
    journal.backlog().open();
    AtomicInteger woken = new AtomicInteger();
    JournalReader slow = journal.openReaderAtEnd(1000, woken::incrementAndGet);
    for (int i = 0; i < 2000; i++) {
      append(-1, "x");
    }
    assertThat(slow.dropped()).isTrue();
    assertThat(slow.take(10)).isNull();
    journal.signal();
    journal.signal();
    assertThat(woken).hasValue(1);
    slow.close();
  }

  @Test
  void readersAreWokenOncePerBatchAndOnlyIfTheyWait() {
    journal.backlog().open();
    AtomicInteger woken = new AtomicInteger();
    JournalReader reader = journal.openReaderAtEnd(Long.MAX_VALUE, woken::incrementAndGet);
    append(-1, "a");
    journal.signal();
    assertThat(woken).as("has not yet seen the end").hasValue(0);
    assertThat(drain(reader)).isEqualTo("a");
    journal.signal();
    assertThat(woken).as("nothing came").hasValue(0);
    append(-1, "b");
    append(-1, "c");
    journal.signal();
    journal.signal();
    assertThat(woken).hasValue(1);
    assertThat(drain(reader)).isEqualTo("bc");
  }

  @Test
  void aPinnedSliceSurvivesTrimmingAndRestart() {
    journal.backlog().open();
    JournalReader reader = journal.openReaderAtEnd(Long.MAX_VALUE, () -> {});
    append(-1, "precious");
    JournalSlice slice = reader.take(100);
    for (int i = 0; i < 40_000; i++) {
      append(-1, "x");
    }
    reader.close();
    journal.restartAt(5);
    append(-1, "other");
    assertThat(slice).isNotNull();
    assertThat(NativeBytes.read(slice.address(), slice.length())).isEqualTo("precious");
    slice.close();
  }

  @Test
  void restartContinuesAtAnotherPositionAndDropsReaders() {
    journal.backlog().open();
    JournalReader before = journal.openReaderAtEnd(Long.MAX_VALUE, () -> {});
    append(-1, "before");
    journal.restartAt(1_000_000);
    assertThat(before.dropped()).isTrue();
    assertThat(journal.first()).isEqualTo(1_000_000).isEqualTo(journal.end());
    JournalReader reader = journal.openReader(1_000_000, Long.MAX_VALUE, () -> {});
    append(-1, "after");
    assertThat(drain(reader)).isEqualTo("after");
  }

  @Test
  void aFollowerTakesOnlyThePrimarysBytes() {
    journal.restartAt(100);
    journal.follow();
    journal.backlog().open();
    JournalReader chained = journal.openReaderAtEnd(Long.MAX_VALUE, () -> {});
    assertThat(journal.recording()).isFalse();
    assertThat(append(0, "own")).isEqualTo(100);
    try (NativeBytes bytes = new NativeBytes("stream")) {
      assertThat(journal.appendStream(0, bytes.address, bytes.length)).isEqualTo(106);
    }
    assertThat(journal.selectedDb()).isZero();
    journal.lead();
    append(0, "mine");
    assertThat(drain(chained)).isEqualTo("stream" + SELECT_0 + "mine");
    assertThatThrownBy(() -> journal.appendStream(0, 0, 0))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aFollowerWithoutBacklogStillCounts() {
    journal.follow();
    try (NativeBytes bytes = new NativeBytes("stream")) {
      journal.appendStream(0, bytes.address, bytes.length);
      assertThat(journal.end()).isEqualTo(6);
      journal.backlog().open();
      journal.appendStream(0, bytes.address, bytes.length);
    }
    assertThat(journal.first()).isEqualTo(6);
    assertThat(drain(journal.openReader(6, Long.MAX_VALUE, () -> {}))).isEqualTo("stream");
  }

  @Test
  void aBacklogOpenedLaterDoesNotPromiseWhatOthersRead() {
    JournalReader file = journal.openReaderAtEnd(Long.MAX_VALUE, () -> {});
    append(-1, "early");
    journal.backlog().open();
    append(-1, "late");
    assertThat(journal.first()).isEqualTo(5);
    assertThat(journal.openReader(4, Long.MAX_VALUE, () -> {})).isNull();
    assertThat(drain(file)).isEqualTo("earlylate");
  }

  @Test
  void writersInParallelProduceOneOrderThatAllReadersSee() throws Exception {
    long seed = System.nanoTime();
    int writers = 3;
    int appendsEach = 20_000;
    journal.backlog().open();
    JournalReader first = journal.openReaderAtEnd(Long.MAX_VALUE, () -> {});
    JournalReader second = journal.openReaderAtEnd(Long.MAX_VALUE, () -> {});
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int w = 0; w < writers; w++) {
      int writer = w;
      threads.add(
          start(
              failure,
              () -> {
                Random random = new Random(seed + writer);
                for (int i = 0; i < appendsEach; i++) {
                  append(-1, "<" + writer + ":" + i + ":" + "p".repeat(random.nextInt(90)) + ">");
                }
              }));
    }
    StringBuilder one = new StringBuilder();
    StringBuilder two = new StringBuilder();
    threads.add(start(failure, () -> drainUntil(first, one, writers * appendsEach)));
    threads.add(start(failure, () -> drainUntil(second, two, writers * appendsEach)));
    for (Thread thread : threads) {
      thread.join(60_000);
      assertThat(thread.isAlive()).as("seed " + seed).isFalse();
    }
    assertThat(failure.get()).as("seed " + seed).isNull();
    assertThat(one.toString()).as("seed " + seed).isEqualTo(two.toString());
    int[] next = new int[writers];
    for (String record : one.substring(1, one.length() - 1).split("><")) {
      String[] parts = record.split(":", 3);
      int writer = Integer.parseInt(parts[0]);
      assertThat(Integer.parseInt(parts[1])).as("seed " + seed).isEqualTo(next[writer]++);
    }
    assertThat(next).containsOnly(appendsEach);
  }

  private static Thread start(AtomicReference<Throwable> failure, Runnable work) {
    return Thread.ofPlatform().uncaughtExceptionHandler((_, e) -> failure.set(e)).start(work);
  }

  private static void drainUntil(JournalReader reader, StringBuilder into, int records) {
    int seen = 0;
    while (seen < records) {
      String some = drain(reader);
      seen += (int) some.chars().filter(c -> c == '>').count();
      into.append(some);
    }
  }

  private long append(int db, String text) {
    try (NativeBytes bytes = new NativeBytes(text)) {
      return journal.append(db, bytes.address, bytes.length);
    }
  }

  private static String drain(JournalReader reader) {
    StringBuilder text = new StringBuilder();
    while (true) {
      try (JournalSlice slice = reader.take(1000)) {
        if (slice == null) {
          return text.toString();
        }
        text.append(StandardCharsets.ISO_8859_1.decode(slice.buffer()));
      }
    }
  }
}
