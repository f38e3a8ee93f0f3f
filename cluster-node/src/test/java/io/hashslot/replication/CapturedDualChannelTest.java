package io.hashslot.replication;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.UnsafeApi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Replays a synchronisation over two connections, recorded between two Valkeys: we are the replica.
 */
class CapturedDualChannelTest {
  private static final long BYTES = UnsafeApi.arrayBaseOffset(byte[].class);
  private static final int MAIN = 0;
  private static final int SNAPSHOT = 1;

  /** One of our ends. */
  private static final class Wire implements PrimaryLink.Wire {
    final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    boolean reading = true;
    boolean closed;

    @Override
    public void send(byte[] bytes) {
      sent.writeBytes(bytes);
    }

    @Override
    public void reading(boolean on) {
      reading = on;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /** What comes of it. */
  private static final class Host implements DualChannelSync.Host {
    final ByteArrayOutputStream snapshot = new ByteArrayOutputStream();
    final List<String> events = new ArrayList<>();

    @Override
    public SnapshotTransfer.Sink snapshotBegins(@Nullable String id, long offset) {
      events.add("snapshot of " + id + " at " + offset);
      return (address, length) -> {
        byte[] bytes = new byte[length];
        UnsafeApi.copyMemory(null, address, bytes, BYTES, length);
        snapshot.writeBytes(bytes);
      };
    }

    @Override
    public void snapshotComplete() {
      events.add("complete");
    }

    @Override
    public void mainContinues(@Nullable String newId) {
      events.add("continues as " + newId);
    }
  }

  private final Wire main = new Wire();
  private final Wire second = new Wire();
  private final Host host = new Host();
  private final EarlyStream early = new EarlyStream();

  private DualChannelSync sync(long limitBytes) {
    HandshakeSettings settings = new HandshakeSettings(null, null, 18272, null, true, "8.0.1");
    return new DualChannelSync(host, main, early, limitBytes, settings, 0);
  }

  @Test
  void weSayWhatTheRealReplicaSaidAndHoldTheStreamUntilTheSnapshotIsLoaded() throws Exception {
    Capture capture = Capture.read("valkey80-dualchannel");
    long seed = System.nanoTime();
    Random random = new Random(seed);
    DualChannelSync sync = sync(Long.MAX_VALUE);
    boolean redirected = false;
    for (Capture.Part part : capture.parts()) {
      if (part.fromReplica()) {
        if (part.connection() == SNAPSHOT && second.sent.size() == 0) {
          sync.connected(second);
        }
      } else if (part.connection() == SNAPSHOT) {
        hear(sync, SNAPSHOT, part.text(), random);
      } else if (part.connection() == MAIN && redirected) {
        hear(sync, MAIN, part.text(), random);
      }
      redirected |= part.text().equals("+DUALCHANNELSYNC\r\n");
    }
    assertThat(second.sent.toString(ISO_8859_1)).isEqualTo(capture.said(SNAPSHOT, true));
    String theirs = capture.said(MAIN, true);
    String ours = main.sent.toString(ISO_8859_1);
    assertThat(theirs).contains(ours);
    assertThat(ours).startsWith("*3\r\n$8\r\nREPLCONF\r\n$17\r\nset-rdb-client-id");
    assertThat(ours).contains("PSYNC");
    String id = capture.info("info_replica", "master_replid");
    assertThat(host.events)
        .as("seed " + seed)
        .containsExactlyInAnyOrder("snapshot of " + id + " at 0", "complete", "continues as null");
    assertThat(host.snapshot.toString(ISO_8859_1)).startsWith("REDIS0011");
    String primary = capture.said(MAIN, false);
    int streamAt = primary.indexOf("\r\n", primary.indexOf("+CONTINUE")) + 2;
    assertThat(early.bytes()).isEqualTo(primary.length() - streamAt);
    assertThat(second.closed).isTrue();
    assertThat(main.closed).isFalse();
    sync.release();
    early.release();
  }

  @Test
  void whatIsTooMuchWaitsAtThePrimary() throws Exception {
    DualChannelSync sync = sync(100);
    begin(sync);
    hear(sync, MAIN, "+OK\r\n+CONTINUE\r\n" + "x".repeat(99), new Random(1));
    assertThat(main.reading).isTrue();
    hear(sync, MAIN, "x", new Random(1));
    assertThat(main.reading).isFalse();
    assertThat(early.peakBytes()).isEqualTo(100);
    sync.release();
    early.release();
  }

  @Test
  void whateverElseIsSaidEndsIt() throws Exception {
    for (String line :
        List.of("-ERR Unrecognized RDB client id 6", "+OK\r\n-ERR no", "+OK\r\n$5")) {
      DualChannelSync sync = sync(100);
      begin(sync);
      assertThat(fails(sync, MAIN, line + "\r\n")).as(line).isTrue();
      sync.release();
    }
    for (String line :
        List.of("-ERR no", "+OK\r\n$EOF:abc", "+OK\r\n$ENDOFF:1 abc 0 6", "+OK\r\n-ERR")) {
      DualChannelSync sync = sync(100);
      sync.connected(second);
      assertThat(fails(sync, SNAPSHOT, line + "\r\n")).as(line).isTrue();
      sync.release();
    }
    DualChannelSync sync = sync(100);
    assertThat(fails(sync, MAIN, "+OK\r\n")).as("nothing was asked").isTrue();
  }

  private void begin(DualChannelSync sync) throws IOException {
    sync.connected(second);
    String end = "$ENDOFF:41 " + "a".repeat(40) + " 3 6\r\n";
    hear(sync, SNAPSHOT, "+OK\r\n\n\n" + end, new Random(1));
  }

  private static boolean fails(DualChannelSync sync, int connection, String text) {
    try {
      hear(sync, connection, text, new Random(1));
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** In pieces; the mark of a snapshot ends an arrival. */
  private static void hear(DualChannelSync sync, int connection, String text, Random random)
      throws IOException {
    byte[] bytes = text.getBytes(ISO_8859_1);
    long memory = UnsafeApi.allocateMemory(bytes.length);
    try {
      UnsafeApi.copyMemory(bytes, BYTES, null, memory, bytes.length);
      for (int at = 0; at < bytes.length; ) {
        int n = Math.min(bytes.length - at, 1 + random.nextInt(60));
        if (connection == MAIN) {
          sync.mainReceived(memory + at, n);
        } else {
          sync.snapshotReceived(memory + at, n, 0);
        }
        at += n;
      }
    } finally {
      UnsafeApi.freeMemory(memory);
    }
  }
}
