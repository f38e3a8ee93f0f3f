package io.hashslot.replication;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.journal.Journal;
import io.hashslot.journal.JournalReader;
import io.hashslot.journal.JournalSlice;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.UnsafeApi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replays links recorded between real servers: we play the replica, and must say what the real one
 * said and end where it ended.
 */
class CapturedSessionTest {
  private static final Pattern PSYNC =
      Pattern.compile("PSYNC\r\n\\$\\d+\r\n([^\r]+)\r\n\\$\\d+\r\n([^\r]+)\r\n");
  private static final Pattern PORT = Pattern.compile("listening-port\r\n\\$\\d+\r\n(\\d+)");
  private static final Pattern IP = Pattern.compile("ip-address\r\n\\$\\d+\r\n([^\r]+)");
  private static final Pattern VERSION = Pattern.compile("version\r\n\\$\\d+\r\n([^\r]+)");
  private static final Pattern AUTH = Pattern.compile("AUTH\r\n\\$\\d+\r\n([^\r]+)");

  /** Applier, wire and host of a replica whose data nobody looks at. */
  private static final class Replica implements Applier, PrimaryLink.Wire, PrimaryLink.Host {
    final Journal journal = new Journal(1 << 20);
    final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    final ByteArrayOutputStream snapshot = new ByteArrayOutputStream();
    final List<String> applied = new ArrayList<>();
    final List<Long> acknowledged = new ArrayList<>();
    @Nullable String lost;
    @Nullable PrimaryLink link;
    @Nullable String id;
    private boolean multi;
    private int db;

    @Override
    public boolean apply(io.hashslot.resp.Request command) {
      applied.add(command.text(0).toUpperCase(java.util.Locale.ROOT));
      if (command.is(0, "MULTI")) {
        multi = true;
      } else if (command.is(0, "EXEC")) {
        multi = false;
      } else if (command.is(0, "SELECT")) {
        db = Integer.parseInt(command.text(1));
      }
      return true;
    }

    @Override
    public void batchEnd() {}

    @Override
    public boolean inTransaction() {
      return multi;
    }

    @Override
    public int database() {
      return db;
    }

    @Override
    public void restart(int database) {
      db = database;
    }

    @Override
    public void send(byte[] bytes) {
      sent.writeBytes(bytes);
    }

    @Override
    public void reading(boolean on) {}

    @Override
    public void close() {}

    @Override
    public SnapshotTransfer.Sink snapshotBegins(@Nullable String historyId, long offset) {
      id = historyId;
      journal.restartAt(offset);
      journal.follow();
      journal.backlog().open();
      return (address, length) -> {
        byte[] bytes = new byte[length];
        UnsafeApi.copyMemory(null, address, bytes, UnsafeApi.arrayBaseOffset(byte[].class), length);
        snapshot.writeBytes(bytes);
      };
    }

    @Override
    public void snapshotComplete() {
      link.startStream(stream());
    }

    @Override
    public PrimaryStream resumed(@Nullable String newId) {
      return stream();
    }

    private PrimaryStream stream() {
      return new PrimaryStream(journal, this, acknowledged::add, () -> false);
    }

    @Override
    public void connectForSnapshot() {
      throw new AssertionError("nobody asked for two connections");
    }

    @Override
    public long earlyLimitBytes() {
      return Long.MAX_VALUE;
    }

    @Override
    public void mainContinues(@Nullable String newId) {}

    @Override
    public void soon(Runnable task) {
      task.run();
    }

    @Override
    public void lost(String reason, boolean forget) {
      lost = reason;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis70-disk",
        "redis70-diskless",
        "redis70-slow-disk",
        "redis70-to-valkey80",
        "valkey80-disk",
        "valkey80-diskless",
        "valkey80-diskless-delay",
        "valkey80-auth-announce-fack"
      })
  void weSayAndReachWhatTheRealReplicaSaidAndReached(String name) throws Exception {
    Capture capture = Capture.read(name);
    long seed = System.nanoTime();
    Replica replica = new Replica();
    for (int connection : capture.connections()) {
      String theirs = capture.said(connection, true);
      if (!theirs.contains("PSYNC")) {
        continue; // cut before it got anywhere
      }
      play(replica, theirs, capture.said(connection, false).getBytes(ISO_8859_1), new Random(seed));
      assertThat(replica.lost).as("seed " + seed).isNull();
      assertThat(replica.sent.toString(ISO_8859_1))
          .as("connection " + connection)
          .isEqualTo(theirs.substring(0, endOfPsync(theirs)));
    }
    String stream = streamOf(capture);
    assertThat(journalText(replica.journal)).as("seed " + seed).isEqualTo(stream);
    String id = capture.info("info_replica", "master_replid");
    if (id != null) {
      assertThat(replica.id).isEqualTo(id);
      assertThat(replica.acknowledged)
          .as("a GETACK reports the offset before it")
          .containsExactly(175L);
      assertThat(replica.applied)
          .containsExactly(
              "SELECT", "SET", "SELECT", "SET", "MULTI", "INCR", "INCR", "EXEC", "SET", "SET");
      assertThat(replica.snapshot.toString(ISO_8859_1)).startsWith("REDIS00");
    }
    replica.journal.close();
  }

  private static void play(Replica replica, String theirs, byte[] primary, Random random) {
    Matcher psync = find(PSYNC, theirs);
    HandshakeSettings settings =
        new HandshakeSettings(
            null,
            group(AUTH, theirs),
            Integer.parseInt(find(PORT, theirs).group(1)),
            group(IP, theirs),
            false,
            group(VERSION, theirs.substring(0, endOfPsync(theirs))));
    replica.sent.reset();
    PrimaryLink link =
        new PrimaryLink(
            replica,
            replica,
            new ReplicaHandshake(settings, psync.group(1), Long.parseLong(psync.group(2)), false),
            0);
    replica.link = link;
    link.connected();
    long memory = UnsafeApi.allocateMemory(primary.length + 1);
    UnsafeApi.copyMemory(
        primary, UnsafeApi.arrayBaseOffset(byte[].class), null, memory, primary.length);
    // After the mark of a snapshot the primary waits for us, so an arrival ends there; elsewhere it
    // may end anywhere.
    int mark = endOfMarkedSnapshot(primary);
    for (int at = 0; at < primary.length; ) {
      int stop = at < mark ? mark : primary.length;
      int n = Math.min(stop - at, 1 + random.nextInt(60));
      link.received(memory + at, n, 0);
      at += n;
    }
    UnsafeApi.freeMemory(memory);
    link.abandon();
  }

  private static int endOfMarkedSnapshot(byte[] primary) {
    String text = new String(primary, ISO_8859_1);
    int header = text.indexOf("$EOF:");
    if (header < 0) {
      return 0;
    }
    String mark = text.substring(header + 5, header + 45);
    return text.indexOf(mark, header + 45) + 40;
  }

  /** What the primary sent after snapshots and resumptions. */
  private static String streamOf(Capture capture) {
    StringBuilder stream = new StringBuilder();
    for (int connection : capture.connections()) {
      String text = capture.said(connection, false);
      int resumed = text.indexOf("+CONTINUE");
      if (resumed >= 0) {
        stream.append(text.substring(text.indexOf("\r\n", resumed) + 2));
        continue;
      }
      int marked = endOfMarkedSnapshot(text.getBytes(ISO_8859_1));
      if (marked > 0) {
        stream.append(text.substring(marked));
        continue;
      }
      Matcher length = Pattern.compile("\\$(\\d+)\r\nREDIS").matcher(text);
      if (length.find()) {
        stream.append(text.substring(length.end() - 5 + Integer.parseInt(length.group(1))));
      }
    }
    return stream.toString();
  }

  private static String journalText(Journal journal) {
    StringBuilder text = new StringBuilder();
    try (JournalReader reader = journal.openReader(journal.first(), Long.MAX_VALUE, () -> {})) {
      while (true) {
        try (JournalSlice slice = reader.take(1000)) {
          if (slice == null) {
            return text.toString();
          }
          text.append(ISO_8859_1.decode(slice.buffer()));
        }
      }
    }
  }

  private static int endOfPsync(String text) {
    return find(PSYNC, text).end();
  }

  private static Matcher find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).isTrue();
    return matcher;
  }

  private static @Nullable String group(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : null;
  }
}
