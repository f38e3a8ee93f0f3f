package io.hashslot.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.journal.Journal;
import io.hashslot.journal.ReplicationHistory;
import java.util.Random;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may continue: both rules of the primary, history and backlog. */
class PartialSyncTest {
  private final Journal journal = new Journal(16 * 1024);
  private final Random random = new Random(3);
  private final ReplicationHistory former = ReplicationHistory.begin(random);
  private final ReplicationHistory history = former.promoted(1000, random);

  @BeforeEach
  void tenBytesAfterAPromotionAtOffsetOneThousand() {
    journal.restartAt(990);
    journal.backlog().open();
    write(10);
    write(10);
  }

  private void write(int bytes) {
    long memory = UnsafeApi.allocateMemory(bytes);
    UnsafeApi.setMemory(memory, bytes, (byte) 'x');
    journal.append(-1, memory, bytes);
    UnsafeApi.freeMemory(memory);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  private long position(String id, long offset) {
    return PartialSync.position(history, journal, id, offset);
  }

  @Test
  void whatTheBacklogHoldsIsContinued() {
    assertThat(position(history.id(), 991)).isEqualTo(990);
    assertThat(position(history.id(), 1010)).isEqualTo(1009);
  }

  @Test
  void whoHasEverythingContinuesWithNothing() {
    assertThat(position(history.id(), 1011)).isEqualTo(1010);
  }

  @Test
  void beyondEitherEndThereIsOnlyEverything() {
    assertThat(position(history.id(), 990)).isEqualTo(PartialSync.FULL);
    assertThat(position(history.id(), 1012)).isEqualTo(PartialSync.FULL);
    assertThat(position(history.id(), 0)).isEqualTo(PartialSync.FULL);
    assertThat(position(history.id(), -1)).isEqualTo(PartialSync.FULL);
  }

  @Test
  void theFormerHistoryCountsUpToThePromotion() {
    assertThat(position(former.id(), 1001)).isEqualTo(1000);
    assertThat(position(former.id(), 1002)).isEqualTo(PartialSync.FULL);
    assertThat(position("f".repeat(40), 1001)).isEqualTo(PartialSync.FULL);
  }

  @Test
  void withoutABacklogThereIsOnlyEverything() {
    journal.backlog().close();
    assertThat(position(history.id(), 1011)).isEqualTo(PartialSync.FULL);
  }
}
