package io.hashslot.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.dispatch.NoClient;
import io.hashslot.journal.Journal;
import io.hashslot.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long the stream is kept for a main channel that does not come. */
class PromisedPositionsTest {
  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
  private static final long LOST_AT_NS = 5_000_000_000L;

  private static final Replica.Observer NOBODY =
      new Replica.Observer() {
        @Override
        public void online(Replica replica) {}

        @Override
        public void acknowledged(Replica replica) {}

        @Override
        public void gone(Replica replica) {}
      };

  private final Journal journal = new Journal(0);
  private final ReplicationLoop loop = new ReplicationLoop();
  private final PromisedPositions promised = new PromisedPositions();
  private final Replica snapshotConnection =
      new Replica(
          new NoClient(loop).session(),
          new ReplicaProfile(),
          false,
          false,
          journal,
          Clock.system(),
          NOBODY);

  @AfterEach
  void close() {
    loop.close();
    journal.close();
  }

  private boolean kept() {
    return promised.known(snapshotConnection.id()) && journal.recording();
  }

  @Test
  void itIsKeptForAMinuteAfterTheConnectionOfTheSnapshotHasGone() {
    promised.promise(snapshotConnection, journal.openReaderAtEnd(Long.MAX_VALUE, () -> {}));
    promised.tick(0);
    promised.tick(LOST_AT_NS);
    assertThat(kept()).as("while the snapshot travels").isTrue();
    snapshotConnection.onClosed();
    promised.tick(LOST_AT_NS);
    promised.tick(LOST_AT_NS + PATIENCE_NS);
    assertThat(kept()).as("for a minute").isTrue();
    promised.tick(LOST_AT_NS + PATIENCE_NS + 1);
    assertThat(kept()).isFalse();
    assertThat(journal.recording()).as("nobody reads any more").isFalse();
  }

  @Test
  void whoComesInTimeReadsOnItsOwn() {
    promised.promise(snapshotConnection, journal.openReaderAtEnd(Long.MAX_VALUE, () -> {}));
    snapshotConnection.onClosed();
    promised.tick(LOST_AT_NS);
    assertThat(promised.kept(snapshotConnection.id())).isTrue();
    assertThat(promised.kept(snapshotConnection.id())).as("a second time").isFalse();
    assertThat(promised.size()).isZero();
  }
}
