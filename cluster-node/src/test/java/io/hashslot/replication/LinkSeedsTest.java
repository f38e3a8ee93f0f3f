package io.hashslot.replication;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.journal.Journal;
import io.hashslot.journal.JournalReader;
import io.hashslot.journal.JournalSlice;
import io.hashslot.resp.Request;
import java.util.Random;
import org.agrona.UnsafeApi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A replica and a {@link MoodyPrimary}, many times over: however the conversation goes wrong, it
 * ends; whoever is in step afterwards has the primary's very bytes; and as soon as the primary
 * behaves, the replica is in step. {@code -Dhashslot.link.seeds=n} conversations are held.
 */
class LinkSeedsTest {
  private static final int SEEDS = Integer.getInteger("hashslot.link.seeds", 1500);
  private static final int ATTEMPTS = 8;

  /** More than any conversation takes. */
  private static final int MOST_ACTS = 2000;

  private static final long BYTES = UnsafeApi.arrayBaseOffset(byte[].class);

  /** What a replica knows, from one link to the next. */
  private static final class Follower implements Applier, PrimaryLink.Wire, PrimaryLink.Host {
    final MoodyPrimary primary;
    final Random random;
    final StringBuilder transcript = new StringBuilder();
    final Journal journal = new Journal(64, 1 << 20);
    private final StringBuilder coming = new StringBuilder();
    private @Nullable PrimaryLink link;
    private @Nullable String id;
    private @Nullable String comingId;
    private long comingOffset;

    /** Where in the primary's stream our own positions begin. */
    private int shift;

    private boolean positionKnown;
    private boolean snapshotToLoad;
    private boolean multi;
    private int closed;
    private int lost;

    Follower(MoodyPrimary primary, Random random) {
      this.primary = primary;
      this.random = random;
      journal.follow();
    }

    /** One connection, from the first byte to its end, or until the replica is in step. */
    void attempt(int mischief) {
      primary.connected(mischief);
      closed = 0;
      lost = 0;
      coming.setLength(0);
      snapshotToLoad = false;
      HandshakeSettings settings =
          new HandshakeSettings(null, random.nextBoolean() ? "secret" : null, 7, null, false, null);
      ReplicaHandshake handshake =
          positionKnown && id != null
              ? new ReplicaHandshake(settings, id, journal.end() + 1, false)
              : new ReplicaHandshake(settings, "?", -1, false);
      PrimaryLink mine = new PrimaryLink(this, this, handshake, 0);
      link = mine;
      mine.connected();
      converse(mine);
      boolean up = mine.phase() == PrimaryLink.Phase.STREAM;
      note(up ? "in step at " + journal.end() : "over");
      if (up) {
        checkBytes();
        mine.lose("cut", false);
      }
      assertThat(mine.phase()).isEqualTo(PrimaryLink.Phase.CLOSED);
      assertThat(closed).as("closed once").isEqualTo(1);
      assertThat(lost).as("told once").isEqualTo(1);
    }

    private void converse(PrimaryLink mine) {
      int writes = random.nextInt(6);
      for (int i = 0; i < MOST_ACTS && mine.phase() != PrimaryLink.Phase.CLOSED; i++) {
        switch (primary.act()) {
          case MoodyPrimary.Act.Sends(byte[] bytes) -> deliver(mine, bytes);
          case MoodyPrimary.Act.Closes() -> mine.lose("connection closed", false);
          case MoodyPrimary.Act.IsSilent() -> {
            if (snapshotToLoad) {
              load(mine);
            } else if (writes-- > 0) {
              primary.write();
            } else if (mine.phase() == PrimaryLink.Phase.STREAM) {
              return;
            } else {
              mine.lose("nothing came", false);
            }
          }
        }
      }
      assertThat(mine.phase()).as("a conversation ends").isEqualTo(PrimaryLink.Phase.CLOSED);
    }

    /** In pieces of any size; a snapshot may be loaded between any two. */
    private void deliver(PrimaryLink mine, byte[] bytes) {
      long memory = UnsafeApi.allocateMemory(bytes.length);
      UnsafeApi.copyMemory(bytes, BYTES, null, memory, bytes.length);
      // Behind the mark of a snapshot nothing comes, so that the arrival ends there.
      for (int at = 0; at < bytes.length; ) {
        int n = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 5 : 200));
        mine.received(memory + at, n, 0);
        at += n;
        if (snapshotToLoad && random.nextBoolean()) {
          load(mine);
        }
      }
      UnsafeApi.freeMemory(memory);
    }

    private void load(PrimaryLink mine) {
      snapshotToLoad = false;
      if (mine.phase() == PrimaryLink.Phase.CLOSED) {
        return;
      }
      String snapshot = coming.toString();
      assertThat(primary.hasSent(snapshot)).as("only whole snapshots are loaded").isTrue();
      int position = MoodyPrimary.positionOf(snapshot);
      id = comingId;
      positionKnown = id != null;
      if (comingId != null) {
        assertThat(comingOffset).isEqualTo(position);
      }
      journal.restartAt(Math.max(0, comingOffset));
      journal.follow();
      journal.backlog().open();
      shift = position - (int) Math.max(0, comingOffset);
      mine.startStream(stream());
      mine.acknowledge(journal.end());
    }

    private PrimaryStream stream() {
      multi = false;
      return new PrimaryStream(journal, this, offset -> link.acknowledge(offset), () -> false);
    }

    /** What we have of the stream is what the primary has written there. */
    void checkBytes() {
      StringBuilder text = new StringBuilder();
      int first = (int) journal.first();
      try (JournalReader reader = journal.openReader(first, Long.MAX_VALUE, () -> {})) {
        while (true) {
          try (JournalSlice slice = reader.take(1000)) {
            if (slice == null) {
              break;
            }
            text.append(ISO_8859_1.decode(slice.buffer()));
          }
        }
      }
      assertThat(primary.stream().substring(first + shift)).startsWith(text);
    }

    private void note(String what) {
      transcript.append(what).append('\n');
    }

    @Override
    public boolean apply(Request command) {
      note("applies " + command.text(0));
      multi = command.is(0, "MULTI") || (multi && !command.is(0, "EXEC"));
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
      return 0;
    }

    @Override
    public void restart(int database) {}

    @Override
    public void send(byte[] bytes) {
      note("says " + new String(bytes, ISO_8859_1));
      primary.hears(bytes);
    }

    @Override
    public void reading(boolean on) {}

    @Override
    public void close() {
      closed++;
    }

    @Override
    public SnapshotTransfer.Sink snapshotBegins(@Nullable String historyId, long offset) {
      note("takes a snapshot of " + historyId + " at " + offset);
      comingId = historyId;
      comingOffset = offset;
      return (address, length) -> {
        byte[] bytes = new byte[length];
        UnsafeApi.copyMemory(null, address, bytes, BYTES, length);
        coming.append(new String(bytes, ISO_8859_1));
      };
    }

    @Override
    public void snapshotComplete() {
      positionKnown = false;
      snapshotToLoad = true;
    }

    @Override
    public PrimaryStream resumed(@Nullable String newId) {
      assertThat(positionKnown).as("only what was known is continued").isTrue();
      id = newId == null ? id : newId;
      return stream();
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
      note("lost: " + reason);
      lost++;
      positionKnown &= !forget;
    }
  }

  @Test
  void whateverThePrimaryDoesTheReplicaEndsInStepWithItOrKnowsThatItIsNot() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      try {
        play(seed);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameConversation() {
    long seed = System.nanoTime();
    assertThat(play(seed)).as("seed " + seed).isEqualTo(play(seed)).contains("in step");
  }

  private static String play(long seed) {
    Random random = new Random(seed);
    MoodyPrimary primary = new MoodyPrimary(random);
    Follower follower = new Follower(primary, random);
    try {
      for (int i = 1; i < ATTEMPTS; i++) {
        follower.attempt(random.nextInt(40));
        if (random.nextInt(4) == 0) {
          primary.rename();
        }
      }
      follower.attempt(0);
      assertThat(follower.transcript).contains("in step");
      assertThat(follower.id).as("with a well-behaved primary").isEqualTo(primary.id());
      assertThat(follower.journal.end() + follower.shift).isEqualTo(primary.stream().length());
      return follower.transcript.toString();
    } finally {
      follower.journal.close();
    }
  }
}
