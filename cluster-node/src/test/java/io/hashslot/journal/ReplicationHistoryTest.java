package io.hashslot.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplicationHistoryTest {
  private final Random random = new Random(7);

  @Test
  void aNewHistoryHasNoPast() {
    ReplicationHistory history = ReplicationHistory.begin(random);
    assertThat(history.id()).matches("[0-9a-f]{40}");
    assertThat(history.formerId()).isEqualTo(ReplicationHistory.NO_ID);
    assertThat(history.formerEndOffset()).isEqualTo(-1);
    assertThat(history.shares(ReplicationHistory.NO_ID, 0)).isFalse();
    assertThat(history.shares(history.id().toUpperCase(Locale.ROOT), 99)).isTrue();
  }

  @Test
  void aPromotedReplicaServesItsSiblingsUpToThePromotion() {
    ReplicationHistory before = ReplicationHistory.begin(random);
    ReplicationHistory after = before.promoted(50, random);
    assertThat(after.id()).isNotEqualTo(before.id());
    assertThat(after.formerId()).isEqualTo(before.id());
    assertThat(after.formerEndOffset()).isEqualTo(51);
    assertThat(after.shares(before.id(), 51)).isTrue();
    assertThat(after.shares(before.id(), 52)).isFalse();
    assertThat(after.shares(after.id(), 52)).isTrue();
  }

  @Test
  void theSameNameChangesNothing() {
    ReplicationHistory history = ReplicationHistory.begin(random);
    assertThat(history.renamed(history.id(), 10)).isSameAs(history);
    assertThat(history.renamed("f".repeat(40), 10))
        .isEqualTo(new ReplicationHistory("f".repeat(40), history.id(), 11));
  }
}
