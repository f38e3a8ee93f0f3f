package io.hashslot.replication;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.agrona.UnsafeApi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Both connections of a synchronisation at random: in any order of arrivals, of any size, with
 * wrong answers and with ends in the middle. What is taken for whole is whole, and no stream begins
 * that was not promised.
 */
class DualChannelSeedsTest {
  private static final int SEEDS = Integer.getInteger("hashslot.link.seeds", 1500);
  private static final long BYTES = UnsafeApi.arrayBaseOffset(byte[].class);
  private static final String ID = "0123456789abcdef0123456789abcdef01234567";
  private static final String MARK = "f".repeat(40);
  private static final String STREAM = "*1\r\n$4\r\nPING\r\n".repeat(20);

  /** One conversation. */
  private static final class Conversation implements DualChannelSync.Host {
    final Random random;
    final StringBuilder transcript = new StringBuilder();
    final StringBuilder snapshot = new StringBuilder();
    final EarlyStream early = new EarlyStream();
    final DualChannelSync sync;
    final String payload;

    /** What the primary has yet to send on either connection. */
    final StringBuilder toSnapshot = new StringBuilder();

    final StringBuilder toMain = new StringBuilder();

    /** Whether that is all true. */
    boolean honest = true;

    boolean complete;
    boolean continued;

    Conversation(long seed) {
      random = new Random(seed);
      payload = "REDIS0011" + "\n$x".repeat(random.nextInt(40));
      HandshakeSettings settings = new HandshakeSettings(null, null, 7, null, true, null);
      sync = new DualChannelSync(this, wire("main"), early, Long.MAX_VALUE, settings, 0);
    }

    private PrimaryLink.Wire wire(String name) {
      return new PrimaryLink.Wire() {
        @Override
        public void send(byte[] bytes) {
          String text = new String(bytes, ISO_8859_1);
          note(name + " says " + text);
          answer(text);
        }

        @Override
        public void reading(boolean on) {}

        @Override
        public void close() {
          note(name + " closes");
        }
      };
    }

    private void answer(String said) {
      String blank = "\n".repeat(random.nextInt(3));
      if (said.contains("rdb-channel")) {
        toSnapshot.append(orElse("+OK\r\n"));
      } else if (said.startsWith("SYNC")) {
        toSnapshot.append(blank).append(orElse("$ENDOFF:41 " + ID + " 0 7\r\n"));
        toSnapshot.append(blank).append(orElse("$EOF:" + MARK + "\r\n"));
        toSnapshot.append(payload).append(MARK);
      } else if (said.contains("set-rdb-client-id")) {
        toMain.append(blank).append(orElse("+OK\r\n"));
      } else {
        assertThat(said).contains("PSYNC", ID, "42");
        toMain.append(blank).append(orElse("+CONTINUE " + ID + "\r\n")).append(STREAM);
      }
    }

    /** Sometimes something else is said. */
    private String orElse(String right) {
      if (random.nextInt(15) > 0) {
        return right;
      }
      honest = false;
      return switch (random.nextInt(3)) {
        case 0 -> "-ERR no\r\n";
        case 1 -> "nonsense\r\n";
        default -> right.substring(random.nextInt(right.length() - 2));
      };
    }

    /** Until nothing more is said, or somebody has had enough. */
    void run() {
      sync.connected(wire("second"));
      int left = random.nextInt(4) == 0 ? random.nextInt(60) : Integer.MAX_VALUE;
      try {
        while (left-- > 0 && (!toSnapshot.isEmpty() || !toMain.isEmpty())) {
          boolean main = toSnapshot.isEmpty() || (!toMain.isEmpty() && random.nextBoolean());
          deliver(main);
        }
      } catch (IOException e) {
        note("ends: " + e.getMessage());
        assertThat(honest).as(e.getMessage()).isFalse();
      }
      note(complete + " " + continued + " " + early.bytes());
    }

    private void deliver(boolean main) throws IOException {
      StringBuilder from = main ? toMain : toSnapshot;
      int n = Math.min(from.length(), 1 + random.nextInt(50));
      byte[] bytes = from.substring(0, n).getBytes(ISO_8859_1);
      from.delete(0, n);
      long memory = UnsafeApi.allocateMemory(n);
      try {
        UnsafeApi.copyMemory(bytes, BYTES, null, memory, n);
        if (main) {
          sync.mainReceived(memory, n);
        } else {
          sync.snapshotReceived(memory, n, 0);
        }
      } finally {
        UnsafeApi.freeMemory(memory);
      }
    }

    private void note(String what) {
      transcript.append(what).append('\n');
    }

    @Override
    public SnapshotTransfer.Sink snapshotBegins(@Nullable String id, long offset) {
      note("snapshot of " + id + " at " + offset);
      return (address, length) -> {
        byte[] bytes = new byte[length];
        UnsafeApi.copyMemory(null, address, bytes, BYTES, length);
        snapshot.append(new String(bytes, ISO_8859_1));
      };
    }

    @Override
    public void snapshotComplete() {
      assertThat(snapshot.toString()).isEqualTo(payload);
      complete = true;
    }

    @Override
    public void mainContinues(@Nullable String newId) {
      assertThat(newId).isNull();
      continued = true;
    }
  }

  private static Conversation play(long seed) {
    Conversation conversation = new Conversation(seed);
    conversation.run();
    conversation.sync.release();
    assertThat(conversation.early.bytes()).isLessThanOrEqualTo(STREAM.length());
    conversation.early.release();
    return conversation;
  }

  @Test
  void whatIsTakenForWholeIsWholeAndNoStreamBeginsUnasked() {
    int whole = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      try {
        Conversation conversation = play(seed);
        assertThat(conversation.early.peakBytes() > 0 && !conversation.continued).isFalse();
        whole += conversation.complete && conversation.continued ? 1 : 0;
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    assertThat(whole).as("most go well").isGreaterThan(SEEDS / 3);
  }

  @Test
  void theSameSeedGivesTheSameConversation() {
    long seed = System.nanoTime();
    assertThat(play(seed).transcript).as("seed " + seed).hasToString(play(seed).transcript + "");
  }
}
