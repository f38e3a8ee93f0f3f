package io.hashslot.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a follower changes by itself: beside the stream, and in its place in the file. */
class LocalWritesTest {
  private static final Pattern TOKEN =
      Pattern.compile("\\*2\r\n\\$6\r\nSELECT\r\n\\$\\d+\r\n(\\d+)\r\n|<(\\d+)#([^>]+)>");

  private final Journal journal = new Journal(64, 16 * 1024);
  private JournalReader file = open();
  private int streamDb;

  @AfterEach
  void close() {
    journal.close();
  }

  private JournalReader open() {
    return journal.openFileReader(() -> {});
  }

  @BeforeEach
  void follow() {
    journal.follow();
    stream(0, "");
  }

  @Test
  void standBetweenThePrimarysCommandsForTheFileAndAreNotThereForReplicas() {
    journal.backlog().open();
    JournalReader replica = journal.openReaderAtEnd(Long.MAX_VALUE, () -> {});
    stream(0, "a");
    local(0, "b");
    stream(0, "c");
    local(0, "d");
    local(0, "e");
    assertThat(read(file)).isEqualTo("<0#a><0#b><0#c><0#d><0#e>");
    assertThat(read(replica)).isEqualTo("<0#a><0#c>");
    assertThat(journal.end()).isEqualTo(10);
    assertThat(journal.written()).isEqualTo(25);
  }

  @Test
  void leaveTheFileInTheDatabaseOfTheStreamOnlyWhenThatGoesOn() {
    stream(0, "a");
    local(3, "b");
    local(3, "c");
    local(0, "d");
    local(5, "e");
    stream(0, "f");
    assertThat(read(file))
        .isEqualTo(
            "<0#a>"
                + select(3)
                + "<3#b><3#c>"
                + select(0)
                + "<0#d>"
                + select(5)
                + "<5#e>"
                + select(0)
                + "<0#f>");
  }

  @Test
  void comeBehindTheCommandThatHasCausedThem() {
    journal.streamTurn().begins();
    local(0, "served");
    stream(0, "push");
    journal.streamTurn().isOver();
    assertThat(read(file)).isEqualTo("<0#push>" + select(0) + "<0#served>");
  }

  @Test
  void waitForTheCommandThatIsUnderWay() throws Exception {
    journal.streamTurn().begins();
    Thread client = Thread.ofPlatform().start(() -> local(0, "after"));
    while (client.isAlive() && client.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    stream(0, "first");
    journal.streamTurn().isOver();
    client.join();
    assertThat(read(file)).isEqualTo("<0#first><0#after>");
  }

  @Test
  void areDividedByAMark() {
    stream(2, "a");
    local(0, "b");
    JournalMark mark = file.stopHere();
    local(0, "c");
    stream(2, "d");
    assertThat(read(file)).isEqualTo(select(2) + "<2#a>" + select(0) + "<0#b>");
    assertThat(file.position()).isEqualTo(mark.position());
    assertThat(file.localPosition()).isEqualTo(mark.local());
    assertThat(mark.selectedDb()).isEqualTo(2);
    file.goOn();
    assertThat(read(file)).isEqualTo(select(0) + "<0#c>" + select(2) + "<2#d>");
  }

  @Test
  void wakeTheFile() {
    List<String> woken = new ArrayList<>();
    JournalReader reader = journal.openFileReader(() -> woken.add("file"));
    assertThat(read(reader)).isEmpty();
    local(0, "a");
    assertThat(reader.lagBytes()).isEqualTo(5);
    journal.signal();
    assertThat(woken).containsExactly("file");
  }

  @Test
  void areKeptOnlyForAFile() {
    file.close();
    assertThat(journal.recording()).isFalse();
    local(0, "a");
    assertThat(journal.written()).isEqualTo(journal.end());
    file = open();
    assertThat(journal.recording()).isTrue();
    local(0, "b");
    assertThat(read(file)).isEqualTo("<0#b>");
  }

  @Test
  void endWithTheDataThatIsReplaced() {
    local(0, "a");
    journal.restartAt(1000);
    assertThat(file.dropped()).isTrue();
    file = open();
    stream(0, "b");
    local(0, "c");
    assertThat(read(file)).isEqualTo("<0#b><0#c>");
  }

  @Test
  void areFollowedByWhatAPrimaryWrites() {
    stream(0, "a");
    local(3, "b");
    journal.lead();
    local(0, "c");
    assertThat(journal.end()).isEqualTo(5 + select(0).length() + 5);
    assertThat(read(file)).isEqualTo("<0#a>" + select(3) + "<3#b>" + select(0) + "<0#c>");
  }

  @Test
  void ofNoDatabaseAreForReplicasAndNotKept() {
    local(-1, "ping");
    assertThat(read(file)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void standWhereTheyWereExecutedWhateverHappens(long seed) {
    Random random = new Random(seed);
    List<String> executed = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    StringBuilder read = new StringBuilder();
    int db = 0;
    for (int i = 0; i < 2000; i++) {
      int where = random.nextInt(3);
      String name = "n" + i;
      switch (random.nextInt(7)) {
        case 0, 1 -> {
          stream(where, name);
          executed.add(where + name);
        }
        case 2, 3 -> {
          local(where, name);
          executed.add(where + name);
        }
        case 4 -> {
          journal.streamTurn().begins();
          local(where, name);
          stream(where, "served" + i);
          journal.streamTurn().isOver();
          executed.add(where + "served" + i);
          executed.add(where + name);
        }
        case 5 -> {
          try (JournalSlice slice = file.take(1 + random.nextInt(100))) {
            if (slice != null) {
              read.append(NativeBytes.read(slice.address(), slice.length()));
            }
          }
        }
        default -> {
          JournalMark mark = file.stopHere();
          read.append(read(file));
          db = see(read, db, seen);
          assertThat(seen).as("seed %d", seed).isEqualTo(executed);
          file.goOn();
          db = mark.selectedDb(); // a new file begins with it
        }
      }
    }
    read.append(read(file));
    see(read, db, seen);
    assertThat(seen).as("seed %d", seed).isEqualTo(executed);
    assertThat(file.lagBytes()).isZero();
  }

  /** Takes what was read apart; every command must be read in its own database. */
  private static int see(StringBuilder read, int from, List<String> seen) {
    int db = from;
    Matcher tokens = TOKEN.matcher(read);
    int end = 0;
    while (tokens.find() && tokens.start() == end) {
      end = tokens.end();
      if (tokens.group(1) != null) {
        db = Integer.parseInt(tokens.group(1));
      } else {
        assertThat(db).as("database of %s", tokens.group(3)).isEqualTo(group(tokens, 2));
        seen.add(db + tokens.group(3));
      }
    }
    read.delete(0, end);
    return db;
  }

  private static int group(Matcher tokens, int number) {
    return Integer.parseInt(tokens.group(number));
  }

  /** A command of the primary, before which it selects the database. */
  private void stream(int db, String name) {
    String text = (db == streamDb ? "" : select(db)) + (name.isEmpty() ? "" : command(db, name));
    streamDb = db;
    try (NativeBytes bytes = new NativeBytes(text)) {
      journal.appendStream(db, bytes.address, bytes.length);
    }
  }

  private void local(int db, String name) {
    try (NativeBytes bytes = new NativeBytes(command(db, name))) {
      journal.append(db, bytes.address, bytes.length);
    }
  }

  private static String command(int db, String name) {
    return "<" + db + "#" + name + ">";
  }

  private static String select(int db) {
    return "*2\r\n$6\r\nSELECT\r\n$1\r\n" + db + "\r\n";
  }

  private static String read(JournalReader reader) {
    StringBuilder text = new StringBuilder();
    while (true) {
      try (JournalSlice slice = reader.take(100)) {
        if (slice == null) {
          return text.toString();
        }
        text.append(StandardCharsets.ISO_8859_1.decode(slice.buffer()));
      }
    }
  }
}
